import { useEffect } from "preact/hooks";
import { ExportPanel } from "../../activity/export/export_panel.tsx";
import { useExporter } from "../../activity/export/use_exporter.ts";
import { report } from "../../base/report.ts";
import { KeyNeeded, useKeyLack } from "../../parts/key_needed.tsx";
import { Failed, Skeleton } from "../../parts/states.tsx";
import { useLack } from "../../parts/use_role.ts";
import { useUi } from "../../ui.ts";
import { ClearLog } from "./clear_log.tsx";
import { LogForm, type LogFormProps } from "./log_form.tsx";
import { type LogSize, useLogSize } from "./use_log_size.ts";

/** What the log keeps, how it is taken out, and how it is emptied. */
export function LogSection() {
  const lack = useLack("admin");
  const lacksKey = useKeyLack();
  const lookOnly = lack !== undefined || lacksKey;
  const { size, again } = useLogSize();
  return (
    <div class="settings">
      <section>
        <h2>What is kept</h2>
        <p class="quiet-text">
          The activity log tells who did what, and when. It is not the server's debug log, which says how the program
          fares and is kept elsewhere.
        </p>
        {lacksKey ? <KeyNeeded what="change this" /> : lack !== undefined && <p class="quiet-text">{lack}</p>}
        <Settings lookOnly={lookOnly} saved={again} />
      </section>
      <Export size={size} />
      {!lookOnly && (
        <section>
          <h2>Clear the log</h2>
          <ClearLog size={size} />
        </section>
      )}
    </div>
  );
}

function Settings({ lookOnly, saved }: Omit<LogFormProps, "settings">) {
  const { logSettings } = useUi();
  const load = () => void logSettings.load().catch(report);
  useEffect(load, []);
  const settings = logSettings.settings.value;
  const problem = logSettings.problem.value;
  if (problem !== undefined) return <Failed what="read the settings of the log" problem={problem} retry={load} />;
  return settings === undefined
    ? <Skeleton rows={3} />
    : <LogForm settings={settings} lookOnly={lookOnly} saved={saved} />;
}

function Export({ size }: { readonly size: LogSize | undefined }) {
  const exporter = useExporter();
  return (
    <section>
      <h2>Export</h2>
      <div class="export-inline">
        <ExportPanel exporter={exporter} filter={{}} total={() => size} />
      </div>
    </section>
  );
}
