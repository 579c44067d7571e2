export interface NumberFieldProps {
  readonly label: string;
  readonly unit: string;
  /** NaN while what is typed is no number. */
  readonly value: number;
  readonly most: number;
  readonly change: (value: number) => void;
}

/** A whole number from 1, with its unit; the browser itself tells what is wrong with another. */
export function NumberField({ label, unit, value, most, change }: NumberFieldProps) {
  return (
    <label class="limit">
      <span class="field-label">{label}</span>
      <span class="limit-line">
        <input
          type="number"
          required
          min={1}
          max={most}
          value={Number.isNaN(value) ? "" : value}
          onInput={({ currentTarget }) => change(currentTarget.valueAsNumber)}
        />
        {unit}
      </span>
    </label>
  );
}
