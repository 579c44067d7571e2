import { useSignal } from "@preact/signals";
import { unfinished } from "../form/unfinished.ts";
import type { Bound } from "./form_context.ts";

export interface NumberInputProps {
  readonly bound: Bound;
  /** A number, null for none, or what is not one yet. */
  readonly value: unknown;
  readonly nullable: boolean;
  readonly step: string;
  readonly least: number | undefined;
  readonly most: number | undefined;
  readonly placeholder: string;
}

/** A number as it is typed: `1.0` on the way to `1.05` stays as it is. */
export function NumberInput({ bound, value, nullable, step, least, most, placeholder }: NumberInputProps) {
  const typed = useSignal("");
  const shown = typeof value === "number"
    ? Number(typed.value) === value && typed.value !== "" ? typed.value : `${value}`
    : "";
  const read = (input: HTMLInputElement) => {
    typed.value = input.value;
    if (input.value !== "") return bound.set(Number(input.value));
    const isText = input.validity.badInput;
    bound.set(nullable && !isText ? null : unfinished(isText ? "text" : ""));
  };
  return (
    <input
      type="number"
      inputmode="decimal"
      id={bound.id}
      value={shown}
      step={step}
      placeholder={placeholder}
      {...(least === undefined ? {} : { min: least })}
      {...(most === undefined ? {} : { max: most })}
      aria-invalid={bound.problem !== undefined}
      aria-describedby={bound.describedBy}
      onInput={(event) => read(event.currentTarget)}
    />
  );
}
