import { optionLabel } from "../form/labels.ts";
import { FieldFrame, FieldNotes, FieldSet } from "./field_frame.tsx";
import { type PropsOf, useBound } from "./form_context.ts";

export function ChoiceControl(props: PropsOf<"choice">) {
  const { field, shape } = props;
  const bound = useBound(props);
  const value = props.value === undefined ? field.start : props.value;
  return (
    <FieldFrame field={field} bound={bound}>
      <select
        id={bound.id}
        aria-invalid={bound.problem !== undefined}
        aria-describedby={bound.describedBy}
        onChange={(event) => bound.set(event.currentTarget.value)}
      >
        {shape.options.map((option) => (
          <option key={option} value={option} selected={option === value}>{optionLabel(option)}</option>
        ))}
      </select>
    </FieldFrame>
  );
}

/** Some of several, in the order in which they are offered. */
export function ChoicesControl(props: PropsOf<"choices">) {
  const { field, shape } = props;
  const bound = useBound(props);
  const given = props.value === undefined ? field.start : props.value;
  const chosen: readonly unknown[] = Array.isArray(given) ? given : [];
  const toggle = (option: string, on: boolean) =>
    bound.set(shape.options.filter((one) => one === option ? on : chosen.includes(one)));
  return (
    <FieldSet field={field} bound={bound}>
      <div class="choices">
        {shape.options.map((option) => (
          <label key={option} class="check">
            <input
              type="checkbox"
              checked={chosen.includes(option)}
              aria-invalid={bound.problem !== undefined}
              onChange={(event) => toggle(option, event.currentTarget.checked)}
            />
            <span>{optionLabel(option)}</span>
          </label>
        ))}
      </div>
    </FieldSet>
  );
}

export function FlagControl(props: PropsOf<"flag">) {
  const { field } = props;
  const bound = useBound(props);
  const value = props.value === undefined ? field.start : props.value;
  return (
    <div class="field">
      <label class="check">
        <input
          type="checkbox"
          id={bound.id}
          checked={value === true}
          aria-invalid={bound.problem !== undefined}
          aria-describedby={bound.describedBy}
          onChange={(event) => bound.set(event.currentTarget.checked)}
        />
        <span>{field.label}</span>
      </label>
      <FieldNotes field={field} bound={bound} />
    </div>
  );
}
