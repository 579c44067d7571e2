import { useEffect, useRef } from "preact/hooks";
import { report } from "../base/report.ts";
import type { Entity } from "../entities/types.ts";
import type { Editor } from "../library/editor.ts";
import { ElsewherePanel } from "../library/pages/editor_panels.tsx";
import { SaveBar } from "../library/pages/save_bar.tsx";
import type { Leaving } from "../library/use_leaving.ts";
import { useLack } from "../parts/use_role.ts";
import { DeviceFields, typeIn } from "./device_fields.tsx";
import { fieldsOf } from "./device_form.ts";

export interface DeviceEditorProps {
  readonly editor: Editor;
  readonly leaving: Leaving;
  /** Hears what was stored, when nobody wants to go elsewhere. */
  readonly saved: (entity: Entity) => void;
}

/** The form of a device. What was typed stays when saving fails, and the first wrong field is where typing goes on. */
export function DeviceEditor({ editor, leaving, saved }: DeviceEditorProps) {
  const form = useRef<HTMLFormElement>(null);
  const lack = useLack("operator");
  const isNew = editor.entity.value === undefined;
  const problems = editor.problems.value;
  useEffect(() => {
    if (problems.size > 0) form.current?.querySelector<HTMLElement>("[aria-invalid=true]")?.focus();
  }, [problems]);

  const save = async (over: boolean) => {
    const entity = await editor.save({ over });
    if (entity === undefined) return;
    if (leaving.to.peek() === undefined) saved(entity);
    else leaving.leave();
  };
  const begin = (over: boolean) => void save(over).catch(report);
  return (
    <form
      ref={form}
      noValidate
      autocomplete="off"
      onSubmit={(event) => {
        event.preventDefault();
        begin(false);
      }}
    >
      {lack !== undefined && <p class="notice">{lack}</p>}
      <ElsewherePanel editor={editor} over={() => begin(true)} />
      <DeviceFields editor={editor} disabled={lack !== undefined} />
      <Unplaced editor={editor} />
      <SaveBar
        editor={editor}
        barred={lack !== undefined}
        isNew={isNew}
        leaving={leaving}
        save={() => begin(false)}
      />
    </form>
  );
}

/** Problems of fields that are not shown for this type. */
function Unplaced({ editor }: { readonly editor: Editor }) {
  const shown = fieldsOf(typeIn(editor)).map(({ name }) => name);
  const others = [...editor.problems.value].filter(([path]) => !shown.includes(path));
  if (others.length === 0) return null;
  return <p class="field-problem" role="alert">{others.map(([path, message]) => `${path} ${message}`).join("; ")}</p>;
}
