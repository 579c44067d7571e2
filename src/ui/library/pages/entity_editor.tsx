import { useEffect, useRef } from "preact/hooks";
import { RecentActivity } from "../../activity/recent_activity.tsx";
import { report } from "../../base/report.ts";
import { type Entity, ENTITY_VIEWS, entityHref } from "../../entities/types.ts";
import { DeletePanel } from "../../parts/delete_panel.tsx";
import { Failed, Skeleton } from "../../parts/states.tsx";
import { useLack } from "../../parts/use_role.ts";
import { useTitle } from "../../parts/use_title.ts";
import { useUi } from "../../ui.ts";
import { FieldView } from "../controls/field_view.tsx";
import { FormContext } from "../controls/form_context.ts";
import type { Editor } from "../editor.ts";
import type { EntityForm } from "../form/entity_form.ts";
import { useEditor } from "../use_editor.ts";
import { type Leaving, useLeaving } from "../use_leaving.ts";
import { EntityFields } from "./entity_fields.tsx";
import { EntityHead } from "./entity_head.tsx";
import { Gone } from "./gone.tsx";
import { ElsewherePanel } from "./editor_panels.tsx";
import { SaveBar } from "./save_bar.tsx";
import { listHref } from "./hrefs.ts";

/** One entity: what it is, the form to change it, what happened to it, and its end. `id` is undefined for a new one. */
export function EntityEditor({ form, id }: { readonly form: EntityForm; readonly id: string | undefined }) {
  const editor = useEditor(form, id);
  const leaving = useLeaving(editor.dirty);
  const { label } = ENTITY_VIEWS[form.type];
  const entity = editor.entity.value;
  useTitle(entity?.name ?? (id === undefined ? `New ${label.toLowerCase()}` : label));
  const phase = editor.phase.value;
  const reload = () => void editor.load().catch(report);
  if (phase.name === "gone") return <Gone type={form.type} id={id ?? ""} />;
  return (
    <div class="editor">
      <EntityHead form={form} entity={entity} isNew={id === undefined} />
      {phase.name === "loading" && <Skeleton />}
      {phase.name === "failed" && (
        <Failed what={`load this ${label.toLowerCase()}`} problem={phase.problem} retry={reload} />
      )}
      {phase.name === "ready" && <EditorForm form={form} editor={editor} leaving={leaving} />}
      {id !== undefined && phase.name === "ready" && (
        <>
          <RecentActivity entityType={form.type} entityId={id} title="What happened to it" />
          {entity !== undefined && <End editor={editor} form={form} entity={entity} leaving={leaving} />}
        </>
      )}
    </div>
  );
}

interface PartProps {
  readonly form: EntityForm;
  readonly editor: Editor;
  readonly leaving: Leaving;
}

function EditorForm({ form, editor, leaving }: PartProps) {
  const { router, notices } = useUi();
  const lack = useLack("operator");
  const element = useRef<HTMLFormElement>(null);
  useFocusOnProblem(editor, element);
  const isNew = editor.entity.value === undefined;

  const save = async (over = false) => {
    const stored = await editor.save({ over });
    if (stored === undefined) return;
    notices.say(isNew ? `Added ${stored.name}` : `Saved ${stored.name}`);
    if (leaving.to.peek() !== undefined) leaving.leave();
    else if (isNew) router.go(entityHref(form.type, stored.id), { replace: true });
  };
  const start = (over: boolean) => void save(over).catch(report);
  return (
    <FormContext.Provider
      value={{ type: form.type, entity: editor.entity, problems: editor.problems, set: editor.set, FieldView }}
    >
      {lack !== undefined && <p class="notice">{lack}</p>}
      <ElsewherePanel editor={editor} over={() => start(true)} />
      <form
        ref={element}
        noValidate
        autocomplete="off"
        onSubmit={(event) => {
          event.preventDefault();
          start(false);
        }}
      >
        <fieldset class="editor-fields" disabled={lack !== undefined} key={editor.filled.value}>
          <EntityFields
            type={form.type}
            fields={form.fields}
            draft={editor.draft.value}
            wrong={[...editor.problems.value.keys()]}
          />
        </fieldset>
        <SaveBar
          editor={editor}
          barred={lack !== undefined}
          isNew={isNew}
          leaving={leaving}
          save={() => start(false)}
        />
      </form>
    </FormContext.Provider>
  );
}

/** A refused form says where: the first field that is wrong has the focus. */
function useFocusOnProblem(editor: Editor, form: { readonly current: HTMLElement | null }): void {
  const problems = editor.problems.value;
  useEffect(() => {
    if (problems.size === 0) return;
    const places = '[aria-invalid="true"], [data-invalid="true"] :is(input, select, textarea, button)';
    form.current?.querySelector<HTMLElement>(places)?.focus();
  }, [problems]);
}

function End({ editor, form, entity, leaving }: PartProps & { readonly entity: Entity }) {
  const { router, notices } = useUi();
  const { label } = ENTITY_VIEWS[form.type];
  const lack = useLack("operator");
  const remove = async () => {
    const problem = await editor.remove();
    if (problem !== undefined) return problem;
    leaving.free();
    notices.say(`Deleted ${entity.name}`);
    router.go(listHref(form.type));
    return undefined;
  };
  return (
    <section class="editor-end" aria-label="Delete">
      <DeletePanel
        noun={label.toLowerCase()}
        name={entity.name}
        loss={`Everything set here will be lost. What is in the log about it stays.`}
        barred={lack}
        remove={remove}
      />
    </section>
  );
}
