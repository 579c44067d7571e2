import type { LightState } from "../../../src/ui/base/messages.ts";
import { type Problem, type Result, UNREACHABLE } from "../../../src/ui/base/problem.ts";
import type { Timer } from "../../../src/ui/base/timer.ts";
import { createLightControl, type LightControl } from "../../../src/ui/lights/light_control.ts";
import type { LightChange } from "../../../src/ui/lights/light_state.ts";

export const DARK: LightState = { on: false, brightness: 0.5, color: "#ff0000", preset: null };

interface Asked {
  readonly change: LightChange;
  answer(state: Partial<LightState>): Promise<void>;
  refuse(status: number): Promise<void>;
}

/** A control whose server is the test itself, and whose time passes when the test says so. */
export interface Desk {
  readonly control: LightControl;
  readonly asked: readonly Asked[];
  /** How often the light was asked what it shows. */
  readonly read: Asked[];
  shown(): LightState | null;
  pass(ms: number): void;
}

export const problem = (status: number): Problem => ({ ...UNREACHABLE, status });

export function createDesk(first: LightState | null = DARK): Desk {
  const asked: Asked[] = [];
  const read: Asked[] = [];
  const clock = createHandClock();
  const ask = (list: Asked[], change: LightChange) => {
    const { promise, resolve } = Promise.withResolvers<Result<LightState>>();
    list.push({
      change,
      answer: (state) => settle(() => resolve({ ok: true, etag: null, value: { ...DARK, ...state } })),
      refuse: (status) => settle(() => resolve({ ok: false, problem: problem(status) })),
    });
    return promise;
  };
  const control = createLightControl(first, {
    send: (change) => ask(asked, change),
    read: () => ask(read, {}),
    timer: clock.timer,
  });
  return { control, asked, read, shown: () => control.shown.value, pass: clock.pass };
}

/** Until all that follows from an answer has happened. */
async function settle(answer: () => void): Promise<void> {
  answer();
  for (let turn = 0; turn < 5; turn++) await Promise.resolve();
}

/** Time that passes when the test says so. */
export function createHandClock(): { readonly timer: Timer; pass(ms: number): void } {
  let now = 0;
  let waiting: readonly { readonly at: number; readonly work: () => void }[] = [];
  return {
    timer: {
      now: () => now,
      after: (ms, work) => {
        const entry = { at: now + ms, work };
        waiting = [...waiting, entry];
        return () => void (waiting = waiting.filter((each) => each !== entry));
      },
    },
    pass: (ms) => {
      now += ms;
      const due = waiting.filter(({ at }) => at <= now);
      waiting = waiting.filter(({ at }) => at > now);
      for (const { work } of due) work();
    },
  };
}
