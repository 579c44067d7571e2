import { isValues, shapeBeside, startOf, type Values } from "../form/shapes.ts";
import type { Field } from "../form/shapes.ts";
import type { Steps } from "../form/paths.ts";
import { optionLabel } from "../form/labels.ts";
import { FieldNotes, FieldSet } from "./field_frame.tsx";
import { type PropsOf, useBound, useForm } from "./form_context.ts";

export interface FieldListProps {
  readonly fields: readonly Field[];
  readonly values: Values;
  readonly steps: Steps;
}

/** Fields beneath each other. */
export function FieldList({ fields, values, steps }: FieldListProps) {
  const { FieldView } = useForm();
  return (
    <>
      {fields.map((field) => (
        <FieldView
          key={field.name}
          field={field}
          shape={shapeBeside(field.shape, values)}
          steps={[...steps, field.name]}
          value={values[field.name]}
        />
      ))}
    </>
  );
}

/** Fields that belong together; where there may be none of it, it is made and removed as a whole. */
export function GroupControl(props: PropsOf<"group">) {
  const { field, shape, steps, value } = props;
  const bound = useBound(props);
  const values = isValues(value) ? value : {};
  if (shape.nullable && value === null) {
    return (
      <FieldSet field={field} bound={bound}>
        <div class="actions">
          <span>None</span>
          <button type="button" onClick={() => bound.set(startOf(shape.fields))}>Set</button>
        </div>
      </FieldSet>
    );
  }
  return (
    <FieldSet field={field} bound={bound}>
      <div class="group">
        <FieldList fields={shape.fields} values={values} steps={steps} />
        {shape.fields.length === 0 && <p class="quiet-text">Nothing to set.</p>}
      </div>
      {shape.nullable && (
        <p class="actions">
          <button type="button" class="quiet" onClick={() => bound.set(null)}>
            {`Remove ${field.label.toLowerCase()}`}
          </button>
        </p>
      )}
    </FieldSet>
  );
}

/** One of several groups, chosen in it. What other choices had stays in the draft. */
export function VariantsControl(props: PropsOf<"variants">) {
  const { field, shape, steps, value } = props;
  const bound = useBound(props);
  const values = isValues(value) ? value : {};
  const chosen = shape.variants.find(({ name }) => name === values[shape.by]);
  const choose = (name: string) => {
    const next = shape.variants.find((variant) => variant.name === name);
    bound.set({ ...startOf(next?.fields ?? []), ...values, [shape.by]: name });
  };
  return (
    <>
      <div class="field">
        <label class="field-label" for={bound.id}>{field.label}</label>
        <select
          id={bound.id}
          aria-invalid={bound.problem !== undefined}
          aria-describedby={bound.describedBy}
          onChange={(event) => choose(event.currentTarget.value)}
        >
          {shape.variants.map(({ name }) => (
            <option key={name} value={name} selected={name === chosen?.name}>{optionLabel(name)}</option>
          ))}
        </select>
        <FieldNotes field={field} bound={bound} />
      </div>
      <FieldList fields={chosen?.fields ?? []} values={values} steps={steps} />
    </>
  );
}
