import { copyText } from "../../base/clipboard.ts";
import { entriesWords } from "../../base/format.ts";
import { report } from "../../base/report.ts";
import { Icon } from "../../parts/icon.tsx";
import { useUi } from "../../ui.ts";

export interface ExportProofProps {
  readonly rows: number;
  readonly sha256: string;
  /** Of the format. */
  readonly label: string;
}

/** What the file must be: whoever gets it can tell that it is whole. */
export function ExportProof({ rows, sha256, label }: ExportProofProps) {
  const { notices } = useUi();
  const copy = async () => {
    const copied = await copyText(sha256);
    notices.say(copied ? "Copied the SHA-256" : "This browser does not let the page copy");
  };
  return (
    <div class="export-proof">
      <p role="status">Complete: {entriesWords(rows)} as {label}.</p>
      <p class="quiet-text">SHA-256 of the file</p>
      <code>{sha256}</code>
      <button type="button" onClick={() => void copy().catch(report)}>
        <Icon name="copy" />
        Copy
      </button>
    </div>
  );
}
