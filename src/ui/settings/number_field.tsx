import { useSignal } from "@preact/signals";
import { count } from "../base/format.ts";

export interface NumberFieldProps {
  readonly label: string;
  readonly unit: string;
  /** NaN while what is typed is no number within the bounds. */
  readonly value: number;
  readonly most: number;
  /** Somebody tried to save what is wrong. */
  readonly checked: boolean;
  readonly disabled: boolean;
  readonly change: (value: number) => void;
}

/** A whole number from 1, with its unit. */
export function NumberField({ label, unit, value, most, checked, disabled, change }: NumberFieldProps) {
  const typed = useSignal("");
  const isWrong = checked && Number.isNaN(value);
  const id = label.toLowerCase().replaceAll(" ", "-");
  const read = (text: string) => {
    const number = /^\d{1,9}$/.test(text.trim()) ? Number(text) : 0;
    typed.value = text;
    change(number >= 1 && number <= most ? number : NaN);
  };
  return (
    <div class="limit">
      <label class="field-label" for={id}>{label}</label>
      <div class="limit-line">
        <input
          type="text"
          inputMode="numeric"
          id={id}
          autocomplete="off"
          aria-invalid={isWrong}
          aria-describedby={`${id}-unit ${id}-problem`}
          disabled={disabled}
          value={Number.isNaN(value) || Number(typed.value) === value ? typed.value : value}
          onInput={({ currentTarget }) => read(currentTarget.value)}
        />
        <span id={`${id}-unit`}>{unit}</span>
      </div>
      <p id={`${id}-problem`} class="field-problem" role="alert">
        {isWrong && `A whole number from 1 to ${count(most)}.`}
      </p>
    </div>
  );
}
