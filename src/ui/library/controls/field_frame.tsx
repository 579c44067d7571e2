import type { ComponentChildren } from "preact";
import type { Field } from "../form/shapes.ts";
import type { Bound } from "./form_context.ts";

export interface FieldFrameProps {
  readonly field: Field;
  readonly bound: Bound;
  readonly children: ComponentChildren;
}

/** A control with its label above, and what there is to say about it below. */
export function FieldFrame({ field, bound, children }: FieldFrameProps) {
  return (
    <div class="field">
      <label class="field-label" for={bound.id}>
        {field.label}
        {field.unit !== "" && <span class="quiet-text">{` (${field.unit})`}</span>}
      </label>
      {children}
      <FieldNotes field={field} bound={bound} />
    </div>
  );
}

/** The same for what is made of several controls. */
export function FieldSet({ field, bound, children }: FieldFrameProps) {
  return (
    <fieldset class="field field-set" data-invalid={bound.problem !== undefined} aria-describedby={bound.describedBy}>
      <legend class="field-label">{field.label}</legend>
      {children}
      <FieldNotes field={field} bound={bound} />
    </fieldset>
  );
}

export function FieldNotes({ field: { help }, bound: { id, problem } }: Omit<FieldFrameProps, "children">) {
  return (
    <>
      {problem !== undefined && <p id={`${id}-problem`} class="field-problem">{asSentence(problem)}</p>}
      {help !== "" && <p id={`${id}-help`} class="field-help">{withCode(help)}</p>}
    </>
  );
}

const asSentence = (problem: string) => problem.charAt(0).toUpperCase() + problem.slice(1);

/** What stands between backticks is code. */
const withCode = (text: string) =>
  text.split("`").map((part, at) => at % 2 === 1 ? <code key={at}>{part}</code> : part);
