import { assertEquals } from "@std/assert";
import { createLanNames } from "../../src/runtime/lan_names.ts";

const STRIP = { kind: "name", name: "strip.example" } as const;
const AT_HOME = { ok: true, address: "127.0.0.1" } as const;
const failed = (reason: "unresolved" | "not_lan") => ({ ok: false, reason, sent: false }) as const;

/** One name, with the clock and what it leads to in the test's hand. */
function nameByHand() {
  let now = 0;
  const answers: { next: () => Promise<readonly string[]>; asked: number } = {
    next: () => Promise.resolve(["127.0.0.1"]),
    asked: 0,
  };
  const resolve = () => {
    answers.asked++;
    return answers.next();
  };
  const names = createLanNames(resolve, () => now);
  return {
    answers,
    pass: (ms: number) => void (now += ms),
    address: () => names.addressOf(STRIP),
    /** Lets the time pass, asks, and waits until a look-up that this began has ended. */
    after: async (ms: number) => {
      now += ms;
      await names.addressOf(STRIP);
      await new Promise((resolve) => setTimeout(resolve));
      return await names.addressOf(STRIP);
    },
  };
}

Deno.test("a name is looked up again every thirty seconds, and nobody who streams waits for that", async () => {
  const { answers, address, after } = nameByHand();
  assertEquals(await address(), AT_HOME);
  await after(29_999);
  assertEquals(answers.asked, 1);
  const slow = Promise.withResolvers<readonly string[]>();
  answers.next = () => slow.promise;
  assertEquals(await after(1), AT_HOME);
  assertEquals(await after(900), AT_HOME);
  assertEquals(answers.asked, 2);
  slow.resolve(["127.0.0.2"]);
  assertEquals(await after(0), { ok: true, address: "127.0.0.2" });
});

Deno.test("a name service that fails for a minute does not stop a stream; one that fails for longer does", async () => {
  const { answers, address, after } = nameByHand();
  await address();
  answers.next = () => Promise.reject(new Error("no such name"));
  for (let second = 0; second < 90; second++) assertEquals(await after(1000), AT_HOME, `after ${second} s`);
  for (let second = 0; second < 60; second++) await after(1000);
  assertEquals(await address(), failed("unresolved"));
  answers.next = () => Promise.resolve(["127.0.0.1"]);
  assertEquals(await after(3000), AT_HOME, "it may come back at any moment");
});

Deno.test("a name that leads out of the network is no longer used as soon as that is known", async () => {
  const { answers, address, after } = nameByHand();
  await address();
  answers.next = () => Promise.resolve(["127.0.0.1", "198.51.100.7"]);
  assertEquals(await after(30_000), failed("not_lan"));
});

Deno.test("a name that was not used for long is looked up before it is used", async () => {
  const { answers, address, pass } = nameByHand();
  await address();
  answers.next = () => Promise.resolve(["127.0.0.2"]);
  pass(3_600_000);
  assertEquals(await address(), { ok: true, address: "127.0.0.2" });
});

Deno.test("a name service that says nothing is told apart from a device that says nothing", async () => {
  const { answers, address } = nameByHand();
  answers.next = () => new Promise(() => {});
  assertEquals(await address(), failed("unresolved"));
});
