import { bindActions, type Recorder } from "../audit/mod.ts";
import type { Turn } from "../audit/ports.ts";
import type { ActorContext } from "../base/context.ts";
import { deviceActions } from "./actions.ts";
import type { LightDifferences } from "./light_state.ts";

/** What became different at a light, and through whom. */
export interface NotedChange {
  readonly id: string;
  readonly name: string;
  readonly source: "api" | "external";
  readonly actor: string;
  readonly fields: LightDifferences;
}

/**
 * Puts changes of lights on record, so that a dimmer that is dragged does not fill the log. The first change is recorded
 * at once; what the same actor does to the same device within two seconds becomes one entry at their end, and the
 * responses to those changes wait for it. Read in order, the entries lead from state to state.
 */
export interface ChangeLog {
  note(change: NotedChange): void;
  /** Records what is held back for one device. */
  flush(id: string): void;
  /** Records what is held back, and from now on everything at once. */
  stop(): void;
}

const WINDOW_MS = 2000;

interface Held {
  name: string;
  fields: LightDifferences;
  changes: number;
  readonly committed: Promise<void>;
  readonly commit: () => void;
}

/** Two seconds of one actor on one device. */
interface Window extends Pick<NotedChange, "id" | "source" | "actor"> {
  cancel: () => void;
  held: Held | undefined;
}

export function createChangeLog(
  { recorder, context, turn }: {
    readonly recorder: Pick<Recorder, "record">;
    readonly context: ActorContext;
    readonly turn: Pick<Turn, "delay">;
  },
): ChangeLog {
  const log = bindActions(recorder, deviceActions);
  /** By device, then by actor and source. */
  const windows = new Map<string, Map<string, Window>>();
  let stopped = false;

  const record = ({ id, source }: Window, { name, fields, changes }: Pick<Held, "name" | "fields" | "changes">) =>
    log.record("device.state_changed", {
      entityType: "device",
      entityId: id,
      entityName: name,
      metadata: { source, ...fields, ...(changes > 1 ? { changes } : {}) },
    });

  /** The timer may have been set by anybody's request: the entry is its window's actor's. */
  const recordHeld = (window: Window, held: Held) => {
    window.held = undefined;
    const commits: Promise<void>[] = [];
    const scope = { actor: window.actor, recorded: (committed: Promise<void>) => void commits.push(committed) };
    context.run(scope, () => record(window, held));
    void Promise.all(commits).then(held.commit, held.commit);
  };

  const begin = (window: Window) => {
    window.cancel();
    window.cancel = turn.delay(() => {
      if (window.held) {
        recordHeld(window, window.held);
        begin(window);
      } else forget(window);
    }, WINDOW_MS);
  };

  const forget = (window: Window) => {
    window.cancel();
    const ofDevice = windows.get(window.id);
    ofDevice?.delete(keyOf(window));
    if (ofDevice?.size === 0) windows.delete(window.id);
  };

  /** What others hold back of the same fields goes first: entries stand in the order in which the values were there. */
  const settleOthers = ({ id, fields, ...own }: NotedChange) => {
    for (const window of windows.get(id)?.values() ?? []) {
      const { held } = window;
      if (!held || keyOf(window) === keyOf(own) || !Object.keys(fields).some((field) => field in held.fields)) continue;
      recordHeld(window, held);
      begin(window);
    }
  };

  const open = ({ id, source, actor, name, fields }: NotedChange) => {
    const window: Window = { id, source, actor, cancel: () => {}, held: undefined };
    const scope = { actor, recorded: context.current().recorded };
    context.run(scope, () => record(window, { name, fields, changes: 1 }));
    if (stopped) return;
    const ofDevice = windows.get(id) ?? new Map<string, Window>();
    windows.set(id, ofDevice.set(keyOf(window), window));
    begin(window);
  };

  const hold = (window: Window, { name, fields }: NotedChange) => {
    const held = window.held ??= createHeld();
    held.name = name;
    held.fields = { ...held.fields, ...fields };
    held.changes++;
    const { actor, recorded } = context.current();
    if (actor === window.actor && window.source === "api") recorded(held.committed);
  };

  const flush = (id: string) => {
    for (const window of [...windows.get(id)?.values() ?? []]) {
      if (window.held) recordHeld(window, window.held);
      forget(window);
    }
  };

  return {
    note: (change) => {
      settleOthers(change);
      const window = windows.get(change.id)?.get(keyOf(change));
      if (window) hold(window, change);
      else open(change);
    },
    flush,
    stop: () => {
      stopped = true;
      for (const id of [...windows.keys()]) flush(id);
    },
  };
}

const keyOf = ({ source, actor }: Pick<NotedChange, "source" | "actor">) => `${source} ${actor}`;

function createHeld(): Held {
  let commit = () => {};
  const committed = new Promise<void>((resolve) => commit = resolve);
  return { name: "", fields: {}, changes: 0, committed, commit };
}
