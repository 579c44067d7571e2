import { type LimitDraft } from "./log_draft.ts";

export interface LimitFieldProps {
  readonly id: string;
  readonly label: string;
  readonly unit: string;
  readonly draft: LimitDraft;
  readonly problem: string | undefined;
  /** What somebody else made of it meanwhile. */
  readonly contest: string | undefined;
  readonly disabled: boolean;
  readonly change: (draft: LimitDraft) => void;
}

/** A number, or no limit. */
export function LimitField({ id, label, unit, draft, problem, contest, disabled, change }: LimitFieldProps) {
  return (
    <fieldset class="limit" disabled={disabled}>
      <legend class="field-label">{label}</legend>
      <div class="limit-line">
        <input
          type="text"
          inputMode="numeric"
          id={id}
          autocomplete="off"
          aria-label={`${label}, in ${unit}`}
          aria-invalid={problem !== undefined}
          aria-describedby={`${id}-problem ${id}-contest`}
          disabled={disabled || !draft.limited}
          value={draft.limited ? draft.text : ""}
          onInput={({ currentTarget }) => change({ ...draft, text: currentTarget.value })}
        />
        <span>{unit}</span>
        <label class="check">
          <input
            type="checkbox"
            checked={!draft.limited}
            onChange={({ currentTarget }) => change({ ...draft, limited: !currentTarget.checked })}
          />
          <span>
            No limit<span class="visually-hidden">: {label}</span>
          </span>
        </label>
      </div>
      <p id={`${id}-problem`} class="field-problem" role="alert">{problem}</p>
      <p id={`${id}-contest`} class="field-help" role="status">{contest}</p>
    </fieldset>
  );
}
