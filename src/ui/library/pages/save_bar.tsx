import type { Editor } from "../editor.ts";
import type { Leaving } from "../use_leaving.ts";
import { LeavingPanel } from "./editor_panels.tsx";

export interface SaveBarProps {
  readonly editor: Editor;
  readonly barred: boolean;
  readonly isNew: boolean;
  readonly leaving: Leaving;
  readonly save: () => void;
}

/** Always in sight while there is something to save, and why it could not be. */
export function SaveBar({ editor, barred, isNew, leaving, save }: SaveBarProps) {
  const failure = editor.failure.value;
  const problems = editor.problems.value.size;
  const dirty = editor.dirty.value;
  const blocked = barred || !dirty || editor.busy.value || editor.elsewhere.value !== undefined;
  return (
    <div class={dirty ? "save-bar save-bar-dirty" : "save-bar"}>
      <div role="status">
        {failure !== undefined && <p class="field-problem">{`Not saved. ${failure.detail}`}</p>}
        {problems > 0 && (
          <p class="field-problem">
            {`Not saved: ${problems === 1 ? "one field is" : `${problems} fields are`} not right.`}
          </p>
        )}
      </div>
      {leaving.to.value !== undefined ? <LeavingPanel leaving={leaving} save={save} /> : (
        <p class="actions">
          <button type="submit" class="primary" disabled={blocked}>{isNew ? "Add" : "Save"}</button>
          {!isNew && dirty && !barred && (
            <button type="button" class="quiet" onClick={editor.discard}>Discard changes</button>
          )}
          {!isNew && !dirty && !barred && <span class="quiet-text">Nothing changed</span>}
        </p>
      )}
    </div>
  );
}
