import type { ComponentChildren } from "preact";
import type { Field } from "../library/form/shapes.ts";
import { textOf, valueOf } from "./field_texts.ts";

export interface DeviceFieldProps {
  readonly field: Field;
  readonly value: unknown;
  readonly problem: string | undefined;
  readonly disabled: boolean;
  readonly placeholder?: string;
  readonly help?: string;
  readonly set: (value: unknown) => void;
}

const idOf = ({ name }: Field) => `device-${name}`;

/** What describes an input: its help and what is wrong with it. */
const described = (field: Field, problem: string | undefined) => ({
  id: idOf(field),
  name: field.name,
  "aria-invalid": problem !== undefined,
  "aria-describedby": `${idOf(field)}-help ${idOf(field)}-problem`,
});

/** A label above, help and problem beneath. */
function Framed({ field, problem, help = field.help, children }: {
  readonly field: Field;
  readonly problem: string | undefined;
  readonly help?: string | undefined;
  readonly children: ComponentChildren;
}) {
  return (
    <div class="field">
      <label class="field-label" for={idOf(field)}>{field.label}</label>
      {children}
      <span class="field-help" id={`${idOf(field)}-help`}>{help}</span>
      <span class="field-problem" id={`${idOf(field)}-problem`}>
        {problem !== undefined && `${field.label} ${problem}`}
      </span>
    </div>
  );
}

/** Text, a number, or words. What is typed stays as it is typed; it is read anew with every key. */
export function TextField({ field, value, problem, disabled, placeholder, help, set }: DeviceFieldProps) {
  return (
    <Framed field={field} problem={problem} help={help}>
      <input
        {...described(field, problem)}
        type="text"
        inputMode={field.shape.control === "number" ? "numeric" : field.name === "url" ? "url" : "text"}
        autocomplete="off"
        spellcheck={false}
        required={field.name === "name"}
        disabled={disabled}
        {...(placeholder === undefined ? {} : { placeholder })}
        defaultValue={textOf(value)}
        onInput={(event) => set(valueOf(field.shape, event.currentTarget.value))}
      />
    </Framed>
  );
}

export function ChoiceField(
  { field, value, problem, disabled, set, options }: DeviceFieldProps & {
    readonly options: readonly (readonly [value: string, label: string])[];
  },
) {
  return (
    <Framed field={field} problem={problem}>
      <select
        {...described(field, problem)}
        value={String(value)}
        disabled={disabled}
        onChange={(event) => set(event.currentTarget.value)}
      >
        {options.map(([option, label]) => <option key={option} value={option}>{label}</option>)}
      </select>
    </Framed>
  );
}

export function FlagField({ field, value, problem, disabled, set }: DeviceFieldProps) {
  return (
    <div class="field">
      <label class="check">
        <input
          {...described(field, problem)}
          type="checkbox"
          checked={value === true}
          disabled={disabled}
          onChange={(event) => set(event.currentTarget.checked)}
        />
        <span>{field.label}</span>
      </label>
      <span class="field-help" id={`${idOf(field)}-help`}>{field.help}</span>
      <span class="field-problem" id={`${idOf(field)}-problem`}>{problem}</span>
    </div>
  );
}
