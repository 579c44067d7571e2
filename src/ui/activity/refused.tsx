import type { Problem } from "../base/problem.ts";
import { refusalsIn } from "./refusal_words.ts";

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
        {refusalsIn(problem).map((words) => <li key={words} class="name">{words}</li>)}
      </ul>
      <p class="actions">
        <button type="button" onClick={clear}>Clear filters</button>
      </p>
    </div>
  );
}
