import { useEffect, useMemo } from "preact/hooks";
import { count } from "../../base/format.ts";
import { report } from "../../base/report.ts";
import { useIsCurrent } from "../../parts/use_is_current.ts";
import { useLack } from "../../parts/use_role.ts";
import { Failed } from "../../parts/states.tsx";
import { useUi } from "../../ui.ts";
import { BulkOutcome } from "../bulk/bulk_outcome.tsx";
import { createSelection } from "../bulk/selection.ts";
import { answeredWords, devicesWords } from "./found_words.ts";
import { FoundRows } from "./found_rows.tsx";
import { createSearcher, type Searching } from "./searcher.ts";
import { useAdopt } from "./use_adopt.ts";

/** What answers on the network and is not here yet, and the ways to add it. `first`: there is no device yet. */
export function FoundSection({ first }: { readonly first: boolean }) {
  const { api, discovered } = useUi();
  const mayAdd = useLack("operator") === undefined;
  const adopt = useAdopt();
  const selection = useMemo(createSelection, []);
  const searcher = useMemo(() => createSearcher({ api, found: discovered.take }), []);
  useEffect(() => searcher.stop, [searcher]);
  const isCurrent = useIsCurrent();
  useEffect(() => isCurrent ? searcher.forget() : undefined, [isCurrent]);
  const { items, trouble, off, problem } = discovered.found().value;
  const searching = searcher.state.value;
  const running = searching.name === "running";
  const some = items !== undefined && items.length > 0;
  const search = async () => {
    await searcher.start();
    // One that failed has said why already.
    if (searcher.state.peek().name !== "failed") await discovered.reload();
  };
  const begin = (work: Promise<void>) => void work.catch(report);
  return (
    <section class="found" aria-labelledby="found-head">
      <div class="found-head">
        <h2 id="found-head">
          Found on the network {some && <span class="found-count">{count(items.length)}</span>}
        </h2>
        <p class="found-words quiet-text">
          {searchWords(searching) ?? trouble ?? presentWords(items)}
        </p>
        {mayAdd && !off && (
          <button
            type="button"
            class={`found-search${trouble !== null ? " quiet" : first && !some && !running ? " primary" : ""}`}
            onClick={() => running ? searcher.stop() : begin(trouble === null ? search() : discovered.reload())}
          >
            {running ? "Stop" : trouble === null ? "Search now" : "Try again"}
          </button>
        )}
      </div>
      <p class="visually-hidden" role="status">{running ? "Searching" : searchWords(searching)}</p>
      <p class="visually-hidden" role="status">{discovered.news.value}</p>
      {problem !== undefined && (
        <Failed
          what="tell what is on the network"
          problem={problem}
          retry={() => begin(discovered.reload())}
        />
      )}
      {searching.name === "failed" && problem === undefined && (
        <Failed
          what="search the network"
          problem={searching.problem}
          retry={() => begin(search())}
        />
      )}
      {searching.name === "broken" && (
        <div class="failed" role="alert">
          <p class="failed-title">The search broke off</p>
          <p>{`${devicesWords(searching.answered)} had answered by then; others may be there.`}</p>
        </div>
      )}
      {items !== undefined && <FoundRows items={items} {...(mayAdd ? { adopt, selection } : {})} />}
      <BulkOutcome
        outcome={adopt.outcome.value}
        doneWords={(value) => `${devicesWords(value)} ${value === 1 ? "was" : "were"} added`}
        close={adopt.dismiss}
      />
    </section>
  );
}

function presentWords(items: readonly unknown[] | undefined): string {
  if (items === undefined) return "";
  return items.length === 0 ? "Nothing new." : "Not added here yet.";
}

/** How the search is, or how it ended; undefined where nothing has to be said here. */
function searchWords(searching: Searching): string | undefined {
  switch (searching.name) {
    case "running":
      return searching.answered === 0 ? "Searching…" : `Searching… ${count(searching.answered)} answered`;
    case "ended":
      return answeredWords(searching.answered, searching.fresh);
    case "stopped":
      return `Stopped. ${answeredWords(searching.answered, searching.fresh)}`;
    case "idle":
    case "failed":
    case "broken":
      return undefined;
  }
}
