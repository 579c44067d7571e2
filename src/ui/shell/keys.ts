import { type ReadonlySignal, signal } from "@preact/signals";
import type { Router } from "../base/router.ts";
import type { SingleKeys } from "../base/single_keys.ts";
import { PLACES } from "./places.ts";

/** The page's keys. A view adds its own by listening itself and naming them in `KEY_LIST`. */
export const KEY_LIST: readonly (readonly [keys: string, what: string])[] = [
  ["Ctrl+1 … 7, Alt+1 … 7", "Lights, Devices, Scenes, Automations, Library, Settings, Activity"],
  ["/", "Search on this page"],
  ["j, k", "Activity: next, previous entry"],
  ["Enter", "Activity: open or close the entry"],
  ["p", "Activity: pause, go on"],
  ["e", "Activity: export"],
  ["Space, Enter", "Devices: select, go to what can be done with the selected"],
  ["?", "Show or hide these keys"],
  ["Esc", "Close what is open"],
];

/** Whether keys are text right now. */
export const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  (target.isContentEditable || ["INPUT", "TEXTAREA", "SELECT"].includes(target.tagName));

export interface Keys {
  readonly helpShown: ReadonlySignal<boolean>;
  toggleHelp(): void;
}

/** Listens for as long as the page lives. */
export function createKeys(router: Router, singleKeys: Pick<SingleKeys, "on">): Keys {
  const helpShown = signal(false);
  // Before anybody else hears it.
  addEventListener("keydown", (event) => {
    const single = event.key.length === 1 && event.key !== " " && !event.ctrlKey && !event.altKey && !event.metaKey;
    if (single && !singleKeys.on.value && !isTyping(event.target)) event.stopImmediatePropagation();
  }, { capture: true });
  addEventListener("keydown", (event) => {
    const digit = /^Digit([1-7])$/.exec(event.code)?.[1];
    if (digit !== undefined && event.ctrlKey !== event.altKey && !event.metaKey && !event.shiftKey) {
      const place = PLACES[Number(digit) - 1];
      if (place === undefined) return;
      event.preventDefault();
      return router.go(place.to);
    }
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    if (event.key === "Escape") helpShown.value = false;
    if (isTyping(event.target)) return;
    if (event.key === "?") helpShown.value = !helpShown.value;
    else if (event.key === "/") {
      const search = document.querySelector<HTMLInputElement>("input[type=search]");
      if (search === null) return;
      event.preventDefault();
      search.focus();
      search.select();
    }
  });
  return { helpShown, toggleHelp: () => void (helpShown.value = !helpShown.value) };
}
