import { FieldFrame } from "./field_frame.tsx";
import { type PropsOf, useBound } from "./form_context.ts";

const COLOR = /^#[0-9a-f]{6}$/i;

/** A colour, picked or written. */
export function ColorControl(props: PropsOf<"color">) {
  const { field } = props;
  const bound = useBound(props);
  const value = props.value === undefined ? field.start : props.value;
  const text = typeof value === "string" ? value : "";
  return (
    <FieldFrame field={field} bound={bound}>
      <div class="color">
        <input
          type="color"
          aria-label={`${field.label}, picker`}
          value={COLOR.test(text) ? text.toLowerCase() : "#000000"}
          onInput={(event) => bound.set(event.currentTarget.value)}
        />
        <input
          type="text"
          class="mono"
          id={bound.id}
          value={text}
          size={9}
          autocomplete="off"
          spellcheck={false}
          aria-invalid={bound.problem !== undefined}
          aria-describedby={bound.describedBy}
          onInput={(event) => bound.set(event.currentTarget.value.trim())}
        />
      </div>
    </FieldFrame>
  );
}
