import { isUnfinished, typedIn, unfinished } from "../form/unfinished.ts";
import { FieldFrame } from "./field_frame.tsx";
import { type PropsOf, useBound } from "./form_context.ts";

/** Any value, written as JSON: for what has no control of its own. */
export function JsonControl(props: PropsOf<"json">) {
  const { field, value } = props;
  const bound = useBound(props);
  const text = isUnfinished(value) ? typedIn(value) : value === undefined ? "" : JSON.stringify(value, null, 2);
  return (
    <FieldFrame field={field} bound={bound}>
      <textarea
        id={bound.id}
        class="mono"
        rows={6}
        spellcheck={false}
        aria-invalid={bound.problem !== undefined}
        aria-describedby={bound.describedBy}
        defaultValue={text}
        onInput={(event) => bound.set(parsed(event.currentTarget.value))}
      />
    </FieldFrame>
  );
}

function parsed(text: string): unknown {
  if (text.trim() === "") return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return unfinished(text); // told beside the field when it is to be saved
  }
}
