import type { Clock } from "../audit/ports.ts";
import type { Configured } from "./configured.ts";
import { type Find, findOf, type FindState, textOf } from "./find.ts";
import type { Journal } from "./journal.ts";
import type { Sighting } from "./sighting.ts";
import type { StoredFind } from "./store.ts";
import type { Telling } from "./telling.ts";

/** The devices that were found: which of them are there, and which are configured. */
export interface Finds {
  load(stored: readonly StoredFind[]): void;
  /** It shows itself. */
  seen(sighting: Sighting): Find;
  /** It is not there any more. */
  gone(identity: string): void;
  /** What is configured has changed. */
  recheck(): void;
  /** Whoever is remembered from an earlier run and did not show up until now is gone. */
  dropRemembered(): void;
  listed(): readonly Find[];
  find(id: string): Find | undefined;
  /** Writes the rows that need it by now, or all that can be written. */
  save(all: boolean): Promise<void>;
  /** Resolves once everything so far is stored, or could not be. */
  idle(): Promise<void>;
}

const SAVE_SEEN_MS = 3_600_000;
const SAVE_CHANGED_MS = 60_000;
const MOST_SAVED = 50;
/** More than are there at a time; beyond it those are forgotten that were lost first. */
const MOST_FINDS = 2000;

export function createFinds(
  { clock, newId, configured, journal, telling }: {
    readonly clock: Clock;
    readonly newId: () => string;
    readonly configured: Configured;
    readonly journal: Journal;
    readonly telling: Telling;
  },
): Finds {
  const finds = new Map<string, Find>();
  const byId = new Map<string, Find>();
  const working = new Set<Promise<void>>();
  const listed = () => [...finds.values()].filter(({ state }) => state === "listed");
  const now = () => new Date(clock.now()).toISOString();

  const add = (find: Find) => {
    finds.set(find.sighting.identity, find);
    byId.set(find.id, find);
  };
  const drop = (find: Find) => {
    finds.delete(find.sighting.identity);
    byId.delete(find.id);
  };
  const meet = (sighting: Sighting): Find => {
    const lost = finds.size < MOST_FINDS ? undefined : [...finds.values()].find(({ state }) => state === "lost");
    if (lost) drop(lost);
    const seenAt = now();
    const find: Find = {
      ...{ id: `dsc_${newId()}`, sighting, firstSeenAt: seenAt, lastSeenAt: seenAt, state: "lost" },
      ...{ stored: false, recorded: false, savedAt: -Infinity, savedAs: "", retryAt: -Infinity },
    };
    add(find);
    return find;
  };

  /** What others hear happens after it is on record. */
  const after = (work: Promise<void>, find: Find, tells: boolean) => {
    const done = work.then(() => {
      if (tells) telling.changed(find);
    }).catch(() => {}) // neither of them fails: the journal says itself what it could not do
      .finally(() => working.delete(done));
    working.add(done);
  };

  const moveTo = (find: Find, state: FindState) => {
    const before = find.state;
    find.state = state;
    if (state === "configured") return after(journal.forget(find), find, false);
    if (state === "lost") {
      const shown = before === "listed" || before === "remembered";
      if (!find.recorded) drop(find);
      if (shown) after(journal.left(find), find, true);
      return;
    }
    // Known from an earlier run: it is on record already, or waits for that.
    after(before === "remembered" ? Promise.resolve() : journal.appeared(find), find, true);
  };

  const remain = (find: Find, before: Sighting) => {
    if (textOf({ sighting: before }) !== textOf(find)) telling.changed(find);
  };

  const isOwed = ({ state, recorded, retryAt }: Find) => state === "listed" && !recorded && retryAt <= clock.now();
  const isDue = (find: Find) => {
    if (!find.stored || find.state !== "listed") return false;
    const age = clock.now() - find.savedAt;
    return age >= SAVE_SEEN_MS || (age >= SAVE_CHANGED_MS && textOf(find) !== find.savedAs);
  };

  return {
    load: (stored) => stored.map(findOf).forEach(add),
    seen: (sighting) => {
      const find = finds.get(sighting.identity) ?? meet(sighting);
      const before = find.sighting;
      find.sighting = sighting;
      find.lastSeenAt = now();
      const state = configured.has(sighting) ? "configured" : "listed";
      if (find.state !== state) moveTo(find, state);
      else if (state === "listed") remain(find, before);
      return find;
    },
    gone: (identity) => {
      const find = finds.get(identity);
      if (find && find.state !== "lost") moveTo(find, "lost");
    },
    recheck: () => {
      for (const find of [...finds.values()]) {
        if (find.state === "lost") continue;
        const before = find.state;
        const known = configured.has(find.sighting);
        if (before === "configured" && !known) moveTo(find, "listed");
        if (before === "configured" || !known) continue;
        moveTo(find, "configured");
        if (before === "remembered") drop(find); // nobody heard it yet
      }
    },
    dropRemembered: () => {
      for (const find of [...finds.values()]) if (find.state === "remembered") moveTo(find, "lost");
    },
    listed: () => listed().toSorted((a, b) => compare(a.sighting.name, b.sighting.name) || compare(a.id, b.id)),
    find: (id) => byId.get(id),
    save: async (all) => {
      if (all) return await journal.save(listed());
      await journal.catchUp([...finds.values()].filter(isOwed).slice(0, MOST_SAVED));
      await journal.save([...finds.values()].filter(isDue).slice(0, MOST_SAVED));
    },
    idle: async () => void await Promise.all(working),
  };
}

const NAMES = new Intl.Collator("en", { numeric: true, sensitivity: "base" });
const compare = (a: string, b: string): number => NAMES.compare(a, b);
