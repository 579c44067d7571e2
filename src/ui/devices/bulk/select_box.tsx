import type { ComponentChildren } from "preact";

export interface SelectBoxProps {
  /** For whoever hears it. */
  readonly label: string;
  readonly checked: boolean;
  /** Some of many. */
  readonly mixed?: boolean;
  /** `range` when Shift was held. */
  readonly toggle: (range: boolean) => void;
  readonly children?: ComponentChildren;
}

/** A checkbox with room around it for a finger. */
export function SelectBox({ label, checked, mixed = false, toggle, children }: SelectBoxProps) {
  return (
    <label class="select-box">
      <input
        type="checkbox"
        aria-label={label}
        checked={checked}
        indeterminate={mixed}
        onClick={(event) => toggle(event.shiftKey)}
      />
      {children}
    </label>
  );
}
