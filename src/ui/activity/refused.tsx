import type { Problem } from "../base/problem.ts";

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

const LABELS: Readonly<Record<string, string>> = {
  categories: "Category",
  severities: "Severity",
  actor: "By",
  entity_type: "Entity type",
  entity_id: "Entity id",
  since: "From",
  until: "To",
  q: "Search",
};

/** As the toolbar calls it. */
const labelOf = (field: string): string => Object.hasOwn(LABELS, field) ? LABELS[field] ?? field : field;
