import type { Problem } from "../base/problem.ts";
import { PART_LABELS } from "./filter.ts";

export interface RefusedProps {
  readonly problem: Problem;
  readonly clear: () => void;
}

/** A filter that cannot be: what is wrong with each of its parts, and the way out. */
export function Refused({ problem, clear }: RefusedProps) {
  return (
    <div class="failed" role="alert">
      <p class="failed-title">The server does not take these filters</p>
      <ul>
        {problem.errors.map(({ field, message }) => (
          <li key={field}>
            {labelOf(field)} <span class="name">{message}</span>
          </li>
        ))}
      </ul>
      <p class="actions">
        <button type="button" onClick={clear}>Clear filters</button>
      </p>
    </div>
  );
}

/** As the toolbar calls it. */
const labelOf = (field: string): string => {
  const labels: Readonly<Record<string, string>> = PART_LABELS;
  return Object.hasOwn(labels, field) ? labels[field] ?? field : field;
};
