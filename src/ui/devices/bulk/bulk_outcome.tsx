import { count } from "../../base/format.ts";
import { nameInText } from "../../lights/light_words.ts";
import { type Failure, issueWords, type Outcome } from "./in_parts.ts";

export interface BulkOutcomeProps {
  /** Undefined while nothing was done. */
  readonly outcome: Outcome | undefined;
  /** What was done to so many, e.g. "3 devices were added". */
  readonly doneWords: (value: number) => string;
  readonly close: () => void;
  /** Chooses those with which something went wrong. */
  readonly choose?: (ids: readonly string[]) => void;
}

const MOST_NAMED = 100;

/** How many it was done to, and to which not and why. It stays until it is dismissed. */
export function BulkOutcome({ outcome, doneWords, close, choose }: BulkOutcomeProps) {
  const failed = outcome?.failed ?? [];
  const bad = failed.length > 0 || outcome?.problem !== undefined;
  const shut = outcome !== undefined && (
    <button type="button" class="quiet" aria-label="Dismiss" onClick={close}>×</button>
  );
  return (
    <div class={`bulk-outcome${outcome === undefined ? "" : bad ? " notice notice-error" : " notice"}`}>
      <div class="bulk-outcome-words">
        <p role="status">{outcome !== undefined && wordsOf(outcome, doneWords)}</p>
        {failed.length > 0 && (
          <ul class="bulk-failures" tabIndex={0} aria-label="What went wrong">
            {failed.slice(0, MOST_NAMED).map((failure) => <li key={failure.id}>{failureWords(failure)}</li>)}
            {failed.length > MOST_NAMED && <li>{`and ${count(failed.length - MOST_NAMED)} more`}</li>}
          </ul>
        )}
        {failed.length > 0 && choose !== undefined && (
          <button
            type="button"
            onClick={() => choose(failed.map(({ id }) => id))}
          >
            Select only these
          </button>
        )}
      </div>
      {shut}
    </div>
  );
}

function wordsOf(
  { done, same, failed, problem, untried, unheard }: Outcome,
  doneWords: (value: number) => string,
): string {
  const changed = done - same;
  const why = issueWords(problem?.errors ?? []) || problem?.detail;
  const sentences = [
    changed > 0 || (same === 0 && failed.length === 0 && problem === undefined) ? `${doneWords(changed)}.` : "",
    same > 0 ? `${count(same)} ${same === 1 ? "was" : "were"} so already.` : "",
    failed.length > 0 ? `${count(failed.length)} failed.` : "",
    unheard > 0 ? `What became of ${count(unheard)} is not known.` : "",
    untried > 0 ? `${count(untried)} ${untried === 1 ? "was" : "were"} not tried.` : "",
    why ?? "",
  ];
  return sentences.filter((sentence) => sentence !== "").join(" ");
}

const failureWords = ({ name, reason }: Failure): string =>
  `${name === null ? "A device that is gone" : nameInText(name)}: ${reason}`;
