import { useSignal } from "@preact/signals";
import type { EntityTypeName } from "../../entities/types.ts";
import { FieldList } from "../controls/group_control.tsx";
import type { Field, Values } from "../form/shapes.ts";
import { isNote } from "../form/entity_form.ts";
import { isRead } from "../form/relevance.ts";
import { labelOf, optionLabel } from "../form/labels.ts";
import { TypePreview } from "./type_preview.tsx";

export interface EntityFieldsProps {
  readonly type: EntityTypeName;
  readonly fields: readonly Field[];
  readonly draft: Values;
  /** Paths that have problems. */
  readonly wrong: readonly string[];
}

/** The fields that the chosen kind reads; the others stand behind a line. */
export function EntityFields({ type, fields, draft, wrong }: EntityFieldsProps) {
  const shown = useSignal(false);
  const read = fields.filter((field) => isRead(type, field, draft) && !isNote(field));
  const unread = fields.filter((field) => !isRead(type, field, draft));
  const isHidden = (path: string) => unread.some(({ name }) => path.startsWith(name));
  return (
    <>
      <TypePreview type={type} draft={draft} />
      <FieldList fields={read} values={draft} steps={[]} />
      {unread.length > 0 && (
        <details
          class="unread"
          open={shown.value || wrong.some(isHidden)}
          onToggle={(event) => shown.value = event.currentTarget.open}
        >
          <summary>
            {`${unread.length} more that ${optionLabel(String(draft["kind"])).toLowerCase()} does not read`}
          </summary>
          <p class="field-help">{`They are kept in case you choose another ${labelOf("kind").toLowerCase()}.`}</p>
          <div class="group">
            <FieldList fields={unread} values={draft} steps={[]} />
          </div>
        </details>
      )}
      <FieldList fields={fields.filter(isNote)} values={draft} steps={[]} />
    </>
  );
}
