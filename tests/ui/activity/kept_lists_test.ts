import { assertEquals } from "@std/assert";
import { createKeptLists, type KeptList } from "../../../src/ui/activity/kept_lists.ts";
import { EMPTY_STATE } from "../../../src/ui/activity/log_state.ts";
import type { LiveMessage } from "../../../src/ui/base/messages.ts";

const list = (top: number): KeptList => ({ log: { state: EMPTY_STATE, newest: 0, gone: 0 }, top });

function setUp() {
  const listeners: ((message: LiveMessage) => void)[] = [];
  const moves: ((move: { readonly step: boolean }) => void)[] = [];
  let now = 0;
  const kept = createKeptLists({
    live: { on: (listener) => (listeners.push(listener), () => {}) },
    now: () => now,
    onMove: (heard) => void moves.push(heard),
  });
  const move = (step: boolean) => moves.forEach((heard) => heard({ step }));
  return {
    kept,
    go: () => move(false),
    back: () => move(true),
    pass: (ms: number) => void (now += ms),
    tell: (message: LiveMessage) => listeners.forEach((listener) => listener(message)),
  };
}

Deno.test("a step back finds the list of the filter as it was left, once", () => {
  const { kept, back } = setUp();
  kept.keep("a", list(2500));
  kept.keep("b", list(100));
  back();
  assertEquals(kept.take("a")?.top, 2500);
  assertEquals(kept.take("a"), undefined);
  assertEquals(kept.take("b")?.top, 100);
});

Deno.test("a link leads to a fresh list, also after a step back to somewhere else", () => {
  const { kept, back, go } = setUp();
  kept.keep("a", list(2500));
  back();
  go();
  assertEquals(kept.take("a"), undefined);
});

Deno.test("what was left more than a minute ago is read anew", () => {
  const { kept, back, pass } = setUp();
  kept.keep("a", list(2500));
  pass(60_000);
  back();
  assertEquals(kept.take("a"), undefined);
});

Deno.test("a log that was cleared, cut or begun anew meanwhile is read anew", () => {
  const messages: readonly LiveMessage[] = [
    { type: "log_cleared" },
    { type: "gap", from_seq: 1, to_seq: 9 },
  ];
  for (const message of messages) {
    const { kept, back, tell } = setUp();
    kept.keep("a", list(2500));
    tell(message);
    back();
    assertEquals(kept.take("a"), undefined, message.type);
  }
});

Deno.test("of many lists only the last few are kept", () => {
  const { kept, back } = setUp();
  for (const key of ["a", "b", "c", "d", "e", "f"]) kept.keep(key, list(1));
  back();
  assertEquals(kept.take("a"), undefined);
  assertEquals(kept.take("b")?.top, 1);
  assertEquals(kept.take("f")?.top, 1);
});
