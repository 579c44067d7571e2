import { useSignal } from "@preact/signals";
import { useRef } from "preact/hooks";
import { count } from "../../base/format.ts";
import type { Change } from "./answers.ts";
import { changesWords, KIND_WORDS } from "./words.ts";

const FEW = 8;

/** What changed in the device's own terms, before the lines that say it. */
export function ChangeList({ changes }: { readonly changes: readonly Change[] }) {
  const all = useSignal(false);
  const list = useRef<HTMLUListElement>(null);
  const shown = all.value ? changes : changes.slice(0, FEW);
  return (
    <>
      <ul ref={list} class="config-changes" tabIndex={-1} aria-label={changesWords(changes.length)}>
        {shown.map((change, at) => <OneChange key={at} change={change} />)}
      </ul>
      {changes.length > shown.length && (
        <p>
          <button
            type="button"
            class="quiet"
            onClick={() => {
              all.value = true;
              // The button goes.
              list.current?.focus();
            }}
          >
            Show all {count(changes.length)} changes
          </button>
        </p>
      )}
    </>
  );
}

function OneChange({ change: { kind, component, line, lines } }: { readonly change: Change }) {
  const { sign, word } = KIND_WORDS[kind];
  return (
    <li>
      <span class={`config-kind config-kind-${kind}`}>
        <span class="diff-sign" aria-hidden="true">{sign}</span>
        {word}
      </span>
      <span class="name">{component}</span>
      <code class="name cut" title={line}>{line}</code>
      {lines > 1 && <span class="quiet-text">{count(lines)} lines</span>}
    </li>
  );
}
