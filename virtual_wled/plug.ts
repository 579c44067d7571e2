import type { Clock } from "./clock.ts";
import type { HttpPort } from "./http_port.ts";
import type { Misbehaviour } from "./misbehaviour.ts";

/** Whether the controller has power, and how it behaves while it has. */
export interface Plug {
  how(): Misbehaviour;
  isIn(): boolean;
  /** Milliseconds since power came. */
  uptime(): number;
  /** Rejects when it is plugged in again and its port is taken, or after it was closed. */
  misbehave(how: Misbehaviour): Promise<void>;
  /** Unplugs now, and plugs in again after `ms` unless it was told otherwise by then. */
  unplugFor(ms: number): void;
  close(): Promise<void>;
}

interface PlugDeps {
  readonly http: HttpPort;
  readonly clock: Clock;
  readonly warn: (message: string) => void;
  readonly changed: () => void;
  /** Ends what needs power to go on. */
  readonly cut: () => void;
  /** Power is back. */
  readonly restored: () => void;
}

export function createPlug({ http, clock, warn, changed, cut, restored }: PlugDeps): Plug {
  let how: Misbehaviour = { kind: "none" };
  let since = clock.now();
  let closed = false;
  let forget = () => {};
  // One after the other, so that two callers never unplug and plug in at once.
  let turn: Promise<void> = Promise.resolve();

  const isIn = () => how.kind !== "offline";
  function powerUp() {
    since = clock.now();
    restored();
  }
  async function become(next: Misbehaviour) {
    if (closed) throw new Error("Cannot change a virtual controller: it is closed");
    const wasIn = isIn();
    if (next.kind !== "offline") await http.up();
    how = next;
    if (wasIn && !isIn()) cut();
    if (!isIn()) await http.down();
    if (wasIn === isIn()) return;
    if (isIn()) powerUp();
    changed();
  }
  function misbehave(next: Misbehaviour): Promise<void> {
    forget();
    const own = turn.then(() => become(next));
    // The caller hears of a failure; whoever comes next starts afresh.
    turn = own.catch(() => {});
    return own;
  }
  const tell = (error: unknown) => warn(error instanceof Error ? error.message : String(error));
  return {
    how: () => how,
    isIn,
    uptime: () => clock.now() - since,
    misbehave,
    unplugFor(ms) {
      misbehave({ kind: "offline" }).catch(tell);
      forget = clock.after(ms, () => void misbehave({ kind: "none" }).catch(tell));
    },
    async close() {
      forget();
      await turn;
      closed = true;
      await http.down();
    },
  };
}
