import { useEffect, useMemo } from "preact/hooks";
import { browserTimer } from "../../base/timer.ts";
import { useUi } from "../../ui.ts";
import { download } from "./download.ts";
import { createExporter, type Exporter } from "./exporter.ts";

/** An exporter for as long as the view is shown. */
export function useExporter(): Exporter {
  const { api } = useUi();
  const exporter = useMemo(() => createExporter({ api, timer: browserTimer(), download }), [api]);
  useEffect(() => exporter.dispose, [exporter]);
  return exporter;
}
