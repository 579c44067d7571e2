import { useSignal } from "@preact/signals";
import { FieldFrame, FieldSet } from "./field_frame.tsx";
import { type PropsOf, useBound, useForm } from "./form_context.ts";

/** What is written and never read again: set, replaced, removed. */
export function SecretControl(props: PropsOf<"secret">) {
  const { value } = props;
  const field = { ...props.field, help: "Stored by the server and never shown again." };
  const bound = useBound({ ...props, field });
  const writing = useSignal(false);
  const isSet = useForm().entity.value?.[`has_${field.name}`] === true;
  const keep = () => {
    writing.value = false;
    bound.set(undefined);
  };
  if (writing.value || typeof value === "string") {
    return (
      <FieldFrame field={field} bound={bound}>
        <div class="reference">
          <input
            type="password"
            id={bound.id}
            value={typeof value === "string" ? value : ""}
            autocomplete="new-password"
            aria-invalid={bound.problem !== undefined}
            aria-describedby={bound.describedBy}
            onInput={(event) => bound.set(event.currentTarget.value)}
          />
          <button type="button" class="quiet" onClick={keep}>{isSet ? "Keep the old one" : "Leave it unset"}</button>
        </div>
      </FieldFrame>
    );
  }
  return (
    <FieldSet field={field} bound={bound}>
      <div class="actions">
        <span>{value === null ? "Removed once you save" : isSet ? "Set" : "Not set"}</span>
        {value === null
          ? <button type="button" onClick={keep}>Keep it</button>
          : <button type="button" onClick={() => writing.value = true}>{isSet ? "Replace" : "Set"}</button>}
        {isSet && value !== null && <button type="button" class="quiet" onClick={() => bound.set(null)}>Remove</button>}
      </div>
    </FieldSet>
  );
}
