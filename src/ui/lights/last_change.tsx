import { useEffect } from "preact/hooks";
import { activityHref } from "../activity/address.ts";
import { report } from "../base/report.ts";
import type { Device } from "../devices/device.ts";
import { Link } from "../parts/link.tsx";
import { useUi } from "../ui.ts";
import { lastChangeWords } from "./last_changes.ts";

/** Who changed the light last, and the way to what changed it before. */
export function LastChange({ device: { id, name } }: { readonly device: Pick<Device, "id" | "name"> }) {
  const { lastChanges } = useUi().lights;
  const entry = lastChanges.of(id).value;
  useEffect(() => {
    void lastChanges.load().catch(report);
  }, [lastChanges]);
  const words = entry === undefined ? "What changed this?" : lastChangeWords(entry, new Date().toISOString());
  return (
    <Link
      to={activityHref({ relatedTo: id }, entry?.id)}
      class="light-last cut"
      label={`${words} ${name}`}
    >
      {words}
    </Link>
  );
}
