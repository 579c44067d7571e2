import { assert, assertEquals } from "@std/assert";
import { groupOf, parseAddress } from "../../src/auth/address.ts";
import { createDailyBudget } from "../../src/base/daily_budget.ts";
import { createWindows } from "../../src/base/throttle.ts";
import { createRejections } from "../../src/auth/rejections.ts";
import { recordByHand, timeByHand } from "./by_hand.ts";

function open(perDay = 100_000) {
  const time = timeByHand();
  const { recorder, entries } = recordByHand();
  const budget = createDailyBudget({ clock: time.clock, perDay: () => perDay });
  const limits = { budget, windows: createWindows(time.turn) };
  const rejections = createRejections({ recorder, turn: time.turn, limits });
  const reject = (text: string, times = 1) => {
    const address = parseAddress(text)!;
    for (let n = 0; n < times; n++) {
      rejections.reject({ client: address.text, group: groupOf(address) }, "token_unknown");
    }
  };
  const suppressed = () => entries.flatMap((entry) => entry.metadata?.suppressed ?? []);
  return { time, entries, rejections, reject, suppressed };
}

Deno.test("a rejection is one entry of anonymous, with reason and client", () => {
  const { entries, reject } = open();
  reject("192.0.2.7");
  assertEquals(entries, [{
    action: "auth.rejected",
    severity: "warning",
    actor: "anonymous",
    metadata: { reason: "token_unknown", client: "192.0.2.7" },
    message: "Rejected a caller at 192.0.2.7 (token_unknown)",
  }]);
});

Deno.test("an address gets ten entries a minute, then one with the rest at the end of the window", () => {
  const { time, entries, reject } = open();
  reject("192.0.2.7", 4);
  time.pass(59_000);
  reject("192.0.2.7", 13);
  assertEquals(entries.length, 10);
  time.pass(1_000);
  assertEquals(entries.length, 11);
  assertEquals(entries.at(-1)?.metadata, { reason: "throttled", client: "192.0.2.7", suppressed: 7 });
  assertEquals(time.pending(), 0);
  reject("192.0.2.7", 10);
  assertEquals(entries.length, 21);
});

Deno.test("exactly ten leave nothing to say at the end", () => {
  const { time, entries, reject } = open();
  reject("192.0.2.7", 10);
  time.pass(60_000);
  assertEquals(entries.length, 10);
});

Deno.test("addresses are counted apart, those of one IPv6 /64 together", () => {
  const { time, entries, reject, suppressed } = open();
  reject("192.0.2.7", 10);
  reject("192.0.2.8", 10);
  assertEquals(entries.length, 20);
  for (let host = 1; host <= 15; host++) reject(`2001:db8::${host}`);
  reject("2001:db8:0:1::1");
  assertEquals(entries.length, 31);
  time.pass(60_000);
  assertEquals(suppressed(), [5]);
  assertEquals(entries.at(-1)?.metadata?.client, "2001:db8::/64");
});

Deno.test("a stop records what is still suppressed and leaves no timer", () => {
  const { time, rejections, reject, suppressed } = open();
  reject("192.0.2.7", 12);
  rejections.flush();
  assertEquals(suppressed(), [2]);
  assertEquals(time.pending(), 0);
});

Deno.test("the table of addresses is bounded: the oldest window ends early, with its number", () => {
  const { time, reject, suppressed } = open();
  reject("10.0.0.1", 13);
  for (let n = 1; n < 5000; n++) reject(`10.1.${n >> 8}.${n & 255}`);
  assertEquals(suppressed(), [3]);
  assert(time.pending() <= 4096);
});

Deno.test("beyond the day's budget one entry an hour says how many were suppressed", () => {
  const { time, entries, reject, suppressed } = open(20);
  for (let host = 1; host <= 5; host++) reject(`192.0.2.${host}`, 12);
  assertEquals(entries.length, 20);
  time.pass(60_000);
  assertEquals(entries.length, 20);
  time.pass(3_540_000);
  assertEquals(suppressed(), [40]);
  assertEquals(entries.at(-1)?.metadata?.client, "many addresses");
  time.pass(86_400_000);
  reject("192.0.2.1");
  assertEquals(entries.length, 22);
});
