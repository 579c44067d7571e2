import { useLayoutEffect, useRef } from "preact/hooks";
import { isTyping } from "../shell/keys.ts";
import type { Address } from "./address.ts";
import type { Cursor } from "./cursor.ts";
import { indexOfSeq } from "./layout.ts";
import type { LogList } from "./log_list.ts";
import type { Reading } from "./reading.ts";
import type { Row } from "./row.ts";

export interface LogKeysOptions {
  readonly list: LogList;
  readonly address: Address;
  readonly cursor: Cursor;
  readonly reading: Reading;
  /** An entry that is open beside the list follows the keys. */
  readonly follow: boolean;
  /** Closes the entry that is open. */
  readonly leave: () => void;
}

/** The keys of the activity page, wherever the focus is but in a field. */
export function useLogKeys(options: LogKeysOptions): void {
  const { list, address, cursor, reading, follow } = options;
  const latest = useRef(options.leave);
  latest.current = options.leave;
  useLayoutEffect(() => {
    const moved = (row: Row | undefined) => {
      if (row === undefined) return;
      reading.picked.value = row.seq !== list.state.peek().rows[0]?.seq;
      if (follow && address.entry.peek() !== undefined) address.open(row.entry.id);
    };
    const toggle = () => {
      const { rows } = list.state.peek();
      const row = rows[indexOfSeq(rows, cursor.seq.peek() ?? 0)];
      if (row !== undefined) address.open(row.entry.id === address.entry.peek() ? undefined : row.entry.id);
    };
    const close = () => {
      if (address.entry.peek() !== undefined) latest.current();
      else reading.picked.value = false;
    };
    const everywhere: Readonly<Record<string, () => void>> = {
      j: () => moved(cursor.move(1)),
      k: () => moved(cursor.move(-1)),
      p: () => void (reading.paused.value = !reading.paused.value),
      Escape: close,
    };
    const onRow: Readonly<Record<string, () => void>> = {
      ArrowDown: () => moved(cursor.move(1)),
      ArrowUp: () => moved(cursor.move(-1)),
      Home: () => moved(cursor.moveTo("first")),
      End: () => moved(cursor.moveTo("last")),
      Enter: toggle,
      " ": toggle,
    };
    const hear = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.ctrlKey || event.altKey || event.metaKey || isTyping(event.target)) return;
      const act = Object.hasOwn(everywhere, event.key)
        ? everywhere[event.key]
        : isRow(event.target) && Object.hasOwn(onRow, event.key)
        ? onRow[event.key]
        : undefined;
      if (act === undefined) return;
      if (event.key !== "Escape") event.preventDefault();
      if (act !== toggle || !event.repeat) act();
    };
    document.addEventListener("keydown", hear);
    return () => document.removeEventListener("keydown", hear);
  }, [list, address, cursor, reading, follow]);
}

const isRow = (target: EventTarget | null) => target instanceof HTMLElement && target.dataset["seq"] !== undefined;
