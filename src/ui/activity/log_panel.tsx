import { effect } from "@preact/signals";
import { useEffect, useMemo, useRef } from "preact/hooks";
import { activityHref, type Address } from "./address.ts";
import { ClearedNote } from "./cleared_note.tsx";
import { createCursor, type Cursor } from "./cursor.ts";
import { EntryDetail } from "./entry_detail.tsx";
import { indexOfSeq } from "./layout.ts";
import { LogEnd } from "./log_end.tsx";
import { LogGrid } from "./log_grid.tsx";
import type { LogList } from "./log_list.ts";
import { NoRows } from "./no_rows.tsx";
import type { Reading } from "./reading.ts";
import { ResultCount } from "./result_count.tsx";
import { seqOfId } from "./row.ts";
import { StatusBar } from "./status_bar.tsx";
import { useFound } from "./use_found.ts";
import { useLogKeys } from "./use_log_keys.ts";
import { useRemovals } from "./use_removals.ts";
import { useWide } from "./use_wide.ts";

export interface LogPanelProps {
  readonly list: LogList;
  readonly address: Address;
  readonly reading: Reading;
}

/** The list, how live it is, and the entry that is open: beside it where there is room, else in its place. */
export function LogPanel({ list, address, reading }: LogPanelProps) {
  const root = useRef<HTMLDivElement>(null);
  const cursor = useMemo(() => createCursor(list), [list]);
  const wide = useWide();
  const opened = useFound(address.entry.value, list).value;
  const { rows } = list.state.value;
  const listed = opened !== undefined && indexOfSeq(rows, seqOfId(opened.id) ?? 0) >= 0;
  const inPlace = opened !== undefined && opened.found.name !== "looking" && listed && !wide;
  const by = (actor: string) => activityHref({ ...address.filter.value, actor });
  const removals = useRemovals().value;
  const close = () => {
    const seq = seqOfId(address.entry.peek() ?? "") ?? 0;
    address.open(undefined);
    if (indexOfSeq(list.state.peek().rows, seq) >= 0) cursor.reveal(seq, { focus: true });
    else root.current?.querySelector<HTMLElement>(".log-row[tabindex='0']")?.focus();
  };
  /** By a key: whoever is elsewhere in the page stays there. */
  const leave = () => {
    const at = document.activeElement;
    if (at === null || at === document.body || at.closest(".entry-detail") !== null) close();
    else address.open(undefined);
  };

  useLogKeys({ list, address, cursor, reading, follow: wide, leave });
  useEffect(() => void (reading.openInPlace.value = inPlace), [inPlace]);
  useEffect(() => effect(() => list.hold(reading.held.value)), [list, reading]);
  useStart(list, cursor, opened?.id);
  useEndInPlace(inPlace ? opened.id : undefined, address, cursor);

  const gone = (seqOfId(opened?.id ?? "") ?? Infinity) <= removals.through;
  const detail = opened && <EntryDetail opened={opened} gone={gone} address={address} close={close} />;
  return (
    <div ref={root} class={opened !== undefined && wide ? "log log-beside" : "log"}>
      <div class="log-main">
        <StatusBar list={list} reading={reading} cursor={cursor} />
        <ResultCount list={list} />
        <ClearedNote cleared={removals.cleared} />
        {!wide && !listed && detail !== undefined && <div class="log-apart">{detail}</div>}
        <LogGrid
          list={list}
          cursor={cursor}
          reading={reading}
          openSeq={listed ? seqOfId(opened.id) : undefined}
          toggle={(id) => address.open(id === address.entry.peek() ? undefined : id)}
          by={wide ? by : undefined}
          inPlace={inPlace ? detail : undefined}
        />
        {rows.length === 0 ? <NoRows list={list} address={address} /> : <LogEnd list={list} />}
      </div>
      {wide && detail !== undefined && <aside class="log-aside" aria-label="Entry">{detail}</aside>}
    </div>
  );
}

/** What was read in its place closes: its row is what stays in sight. */
function useEndInPlace(id: string | undefined, address: Address, cursor: Cursor): void {
  useEffect(() => {
    const seq = id === undefined ? undefined : seqOfId(id);
    if (seq === undefined) return;
    return () => {
      // Whoever has gone on meanwhile keeps the focus where it is.
      const focus = document.activeElement === document.body;
      if (address.entry.peek() === undefined) cursor.reveal(seq, { focus });
    };
  }, [id, cursor]);
}

/** Another filter shows its list from the top, or at the entry that is open. */
function useStart(list: LogList, cursor: Cursor, openId: string | undefined): void {
  const before = useRef<LogList | undefined>(undefined);
  const ready = list.state.value.phase === "ready";
  useEffect(() => {
    if (!ready || before.current === list) return;
    const seq = openId === undefined ? undefined : seqOfId(openId);
    const found = seq !== undefined && indexOfSeq(list.state.peek().rows, seq) >= 0;
    if (found) cursor.reveal(seq);
    else if (before.current !== undefined) scrollTo({ top: 0, behavior: "instant" });
    before.current = list;
  }, [list, ready]);
}
