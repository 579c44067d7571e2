import { FieldFrame } from "./field_frame.tsx";
import { type PropsOf, useBound } from "./form_context.ts";

/** One line, or several. Where nothing may be said, nothing is null. */
export function TextControl(props: PropsOf<"text">) {
  const { field, shape, value } = props;
  const bound = useBound(props);
  const common = {
    id: bound.id,
    value: typeof value === "string" ? value : "",
    "aria-invalid": bound.problem !== undefined,
    "aria-describedby": bound.describedBy,
    onInput: (event: { readonly currentTarget: { readonly value: string } }) => {
      const typed = event.currentTarget.value;
      bound.set(typed === "" && shape.nullable ? null : typed);
    },
  };
  return (
    <FieldFrame field={field} bound={bound}>
      {shape.lines
        ? <textarea {...common} rows={3} />
        : <input type="text" {...common} dir="auto" autocomplete="off" required={field.name === "name"} />}
    </FieldFrame>
  );
}

/** A time of day. */
export function TimeControl(props: PropsOf<"time">) {
  const bound = useBound(props);
  return (
    <FieldFrame field={props.field} bound={bound}>
      <input
        type="time"
        id={bound.id}
        value={typeof props.value === "string" ? props.value : ""}
        aria-invalid={bound.problem !== undefined}
        aria-describedby={bound.describedBy}
        onInput={(event) => bound.set(event.currentTarget.value)}
      />
    </FieldFrame>
  );
}
