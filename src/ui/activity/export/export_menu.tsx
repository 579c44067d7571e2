import { useSignal } from "@preact/signals";
import { useEffect, useLayoutEffect, useRef } from "preact/hooks";
import { Icon } from "../../parts/icon.tsx";
import { isTyping } from "../../shell/keys.ts";
import { ExportPanel, type ExportPanelProps } from "./export_panel.tsx";
import { useExporter } from "./use_exporter.ts";

/** A button, and below it what can be exported and how. */
export function ExportMenu({ filter, total }: Omit<ExportPanelProps, "exporter">) {
  const exporter = useExporter();
  const open = useSignal(false);
  const root = useRef<HTMLDivElement>(null);
  const opener = useRef<HTMLButtonElement>(null);
  useKey(() => open.value = !open.value);
  useOutside(root, () => open.value = false);
  useLayoutEffect(() => {
    if (open.value) root.current?.querySelector<HTMLElement>(".export-panel button, .export-panel a")?.focus();
  }, [open.value]);
  const running = exporter.state.value.name === "running";
  return (
    <div
      class="export"
      ref={root}
      onKeyDown={(event) => {
        if (event.key !== "Escape" || !open.value) return;
        event.preventDefault();
        open.value = false;
        opener.current?.focus();
      }}
    >
      <button
        type="button"
        ref={opener}
        aria-expanded={open.value}
        aria-controls="export-panel"
        onClick={() => open.value = !open.value}
      >
        <Icon name="download" />
        {running ? "Exporting…" : "Export"}
      </button>
      {open.value && (
        <section id="export-panel" class="export-panel" aria-label="Export">
          <ExportPanel exporter={exporter} filter={filter} total={total} />
        </section>
      )}
    </div>
  );
}

/** `e`, wherever the focus is but in a field. */
function useKey(press: () => void): void {
  useEffect(() => {
    const hear = (event: KeyboardEvent) => {
      const held = event.ctrlKey || event.altKey || event.metaKey || event.repeat;
      if (event.key !== "e" || event.defaultPrevented || held || isTyping(event.target)) return;
      event.preventDefault();
      press();
    };
    document.addEventListener("keydown", hear);
    return () => document.removeEventListener("keydown", hear);
  }, []);
}

/** A press, or the focus, elsewhere. */
function useOutside(root: { readonly current: HTMLElement | null }, leave: () => void): void {
  useEffect(() => {
    const look = ({ target }: Event) => {
      if (target instanceof Node && target.isConnected && root.current?.contains(target) === false) leave();
    };
    document.addEventListener("pointerdown", look);
    document.addEventListener("focusin", look);
    return () => {
      document.removeEventListener("pointerdown", look);
      document.removeEventListener("focusin", look);
    };
  }, []);
}
