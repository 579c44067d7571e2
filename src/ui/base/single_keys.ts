import { type ReadonlySignal, signal } from "@preact/signals";

/** Whether keys of one character do something: who speaks to the computer, or slips, may not want that (WCAG 2.1.4). */
export interface SingleKeys {
  readonly on: ReadonlySignal<boolean>;
  set(on: boolean): void;
}

const NAME = "lumenlog.single_keys";

export function createSingleKeys(): SingleKeys {
  const on = signal(read() !== "off");
  return {
    on,
    set: (wanted) => {
      on.value = wanted;
      try {
        if (wanted) localStorage.removeItem(NAME);
        else localStorage.setItem(NAME, "off");
      } catch {
        return; // not remembered then
      }
    },
  };
}

function read(): string | null {
  try {
    return localStorage.getItem(NAME);
  } catch {
    return null; // storage is switched off
  }
}
