import { useEffect, useRef } from "preact/hooks";
import { activityHref } from "../activity/address.ts";
import type { Entity } from "../entities/types.ts";
import type { Editor } from "../library/editor.ts";
import { useLookOnly } from "../lights/use_look_only.ts";
import { Link } from "../parts/link.tsx";
import { Failed } from "../parts/states.tsx";
import { DeviceFields, typeIn } from "./device_fields.tsx";
import { fieldsOf } from "./device_form.ts";

export interface DeviceEditorProps {
  readonly editor: Editor;
  /** The words on the button. */
  readonly action: string;
  readonly saved: (entity: Entity) => void;
}

/** The form of a device. What was typed stays when saving fails, and the first wrong field is where typing goes on. */
export function DeviceEditor({ editor, action, saved }: DeviceEditorProps) {
  const form = useRef<HTMLFormElement>(null);
  const lookOnly = useLookOnly();
  const problems = editor.problems.value;
  useEffect(() => {
    form.current?.querySelector<HTMLElement>("[aria-invalid=true]")?.focus();
  }, [problems]);

  const save = async (over = false) => {
    const entity = await editor.save({ over });
    if (entity !== undefined) saved(entity);
  };
  const begin = (over?: boolean) => void save(over).catch((error: unknown) => console.error(error));
  const unchanged = editor.entity.value !== undefined && !editor.dirty.value;
  const failure = editor.failure.value;
  return (
    <form
      ref={form}
      class="device-form"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        begin();
      }}
    >
      <DeviceFields editor={editor} disabled={lookOnly !== undefined} />
      <Elsewhere editor={editor} over={() => begin(true)} />
      <Unplaced editor={editor} />
      {failure !== undefined && <Failed what="save the device" problem={failure} />}
      {lookOnly !== undefined && <p class="quiet-text">{lookOnly}</p>}
      <p class="actions">
        <button
          type="submit"
          class="primary"
          disabled={lookOnly !== undefined || editor.busy.value || !editor.dirty.value}
        >
          {action}
        </button>
        {editor.entity.value !== undefined && editor.dirty.value && (
          <button type="button" onClick={editor.discard}>Discard changes</button>
        )}
      </p>
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

/** What somebody else did meanwhile, and what can be done about it. */
function Elsewhere({ editor, over }: { readonly editor: Editor; readonly over: () => void }) {
  const elsewhere = editor.elsewhere.value;
  const id = editor.entity.value?.id;
  if (elsewhere === undefined || id === undefined) return null;
  const history = activityHref({ entityType: "device", entityId: id });
  if (elsewhere === "deleted") {
    return (
      <div class="failed" role="alert">
        <p class="failed-title">Somebody deleted this device meanwhile</p>
        <p>
          What you typed cannot be saved any more. <Link to={history}>See who it was</Link>
        </p>
      </div>
    );
  }
  const reload = () => void editor.reload().catch((error: unknown) => console.error(error));
  return (
    <div class="failed" role="alert">
      <p class="failed-title">Somebody changed this device meanwhile</p>
      <p>
        Your changes are not saved yet. <Link to={history}>See what was changed</Link>
      </p>
      <p class="actions">
        <button type="button" onClick={reload}>Load theirs, drop mine</button>
        <button type="button" onClick={over}>Save mine over theirs</button>
      </p>
    </div>
  );
}
