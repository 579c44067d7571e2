import { useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";

const SETTLE_MS = 250;

export interface TextSearchProps {
  readonly text: string;
  readonly change: (text: string) => void;
}

/** Searches once the typing rests, or at once on Enter. */
export function TextSearch({ text, change }: TextSearchProps) {
  const typed = useSignal(text);
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  const latest = useRef(change);
  latest.current = change;
  useEffect(() => {
    // From elsewhere, e.g. the filters were cleared; what is being typed stays.
    if (timer.current === undefined) typed.value = text;
  }, [text]);
  useEffect(() => () => clearTimeout(timer.current), []);
  const send = () => {
    clearTimeout(timer.current);
    timer.current = undefined;
    latest.current(typed.value);
  };
  return (
    <input
      type="search"
      class="log-search"
      placeholder="Search"
      aria-label="Search in the activity"
      autocomplete="off"
      autocapitalize="none"
      spellcheck={false}
      maxLength={256}
      enterkeyhint="search"
      value={typed.value}
      onInput={(event) => {
        typed.value = event.currentTarget.value;
        clearTimeout(timer.current);
        timer.current = setTimeout(send, SETTLE_MS);
      }}
      onKeyDown={(event) => event.key === "Enter" && send()}
    />
  );
}
