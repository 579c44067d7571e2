import { useEffect, useRef } from "preact/hooks";
import { KeyList } from "./key_list.tsx";
import type { Keys } from "./keys.ts";

/** The keys, over a corner of the page. */
export function KeyHelp({ keys }: { readonly keys: Keys }) {
  const panel = useRef<HTMLElement>(null);
  const shown = keys.helpShown.value;
  useEffect(() => {
    if (shown) panel.current?.focus();
  }, [shown]);
  if (!shown) return null;
  return (
    <aside class="key-help" aria-label="Keys" tabIndex={-1} ref={panel}>
      <header>
        <h2>Keys</h2>
        <button type="button" class="quiet" aria-label="Close" onClick={keys.toggleHelp}>×</button>
      </header>
      <KeyList />
    </aside>
  );
}
