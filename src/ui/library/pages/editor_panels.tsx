import { useEffect, useRef } from "preact/hooks";
import { report } from "../../base/report.ts";
import type { Editor } from "../editor.ts";
import type { Leaving } from "../use_leaving.ts";

/** Somebody else was faster: nothing is lost before one has chosen. */
export function ElsewherePanel({ editor, over }: { readonly editor: Editor; readonly over: () => void }) {
  const what = editor.elsewhere.value;
  if (what === undefined) return null;
  if (what === "deleted") {
    return (
      <div class="panel" role="alert">
        <p class="panel-title">Somebody deleted this meanwhile</p>
        <p>What you typed is still below, so that you can copy it. It cannot be saved here any more.</p>
      </div>
    );
  }
  const reload = () => void editor.reload().catch(report);
  return (
    <div class="panel" role="alert">
      <p class="panel-title">Somebody changed this meanwhile</p>
      <p>Take what is stored now, and lose what you changed here; or save your changes over it.</p>
      <p class="actions">
        <button type="button" onClick={reload}>Take what is stored</button>
        <button type="button" class="danger" onClick={over}>Save mine over it</button>
      </p>
    </div>
  );
}

/** Asked when one goes elsewhere with changes that are not saved. */
export function LeavingPanel({ leaving, save }: { readonly leaving: Leaving; readonly save: () => void }) {
  const panel = useRef<HTMLDivElement>(null);
  useEffect(() => panel.current?.focus(), [leaving.to.value]);
  return (
    <div class="panel" role="alert" tabIndex={-1} ref={panel}>
      <p class="panel-title">Your changes are not saved</p>
      <p class="actions">
        <button type="button" onClick={save}>Save and leave</button>
        <button type="button" class="danger" onClick={leaving.leave}>Leave without saving</button>
        <button type="button" class="quiet" onClick={leaving.stay}>Stay</button>
      </p>
    </div>
  );
}
