import { assertEquals, assertRejects } from "@std/assert";
import { createAdb } from "../../src/adb/service.ts";
import { Refusal } from "../../src/base/errors.ts";
import { recordByHand, timeByHand } from "../auth/by_hand.ts";
import { heldAdb, type HeldCommand } from "./held_adb.ts";

const LIST = "List of devices attached\n\n";

function adbByHand() {
  const { runAdb: run, ...commands } = heldAdb();
  const time = timeByHand();
  const { recorder, entries } = recordByHand();
  const resolve = () => Promise.resolve([]);
  const adb = createAdb({ run, serverPort: undefined, resolve, recorder, turn: time.turn });
  return { ...commands, adb, time, entries };
}

/** Lets everything happen that needs no time. */
const settled = () => new Promise<void>((resolve) => void setTimeout(resolve, 0));
const shown = (held: readonly HeldCommand[]) => held.map(({ args }) => args.join(" "));
const codeOf = async (asked: Promise<unknown>) => {
  const error = await assertRejects(() => asked, Refusal);
  return [error.code, error.message];
};
const host = (index: number) => `10.0.0.${index}:5555`;
const tooMany = ["unavailable", "Cannot use adb now: too many requests wait for it"];

Deno.test("eight addresses at once, one thing at a time for each, and nobody waits for longer than 15 s", async () => {
  const { adb, held, most, time } = adbByHand();
  const first = adb.connect(host(1));
  const same = adb.disconnect(host(1));
  const others = [2, 3, 4, 5, 6, 7, 8].map((index) => adb.connect(host(index)));
  const ninth = adb.connect(host(9));
  const late = codeOf(adb.connect(host(10)));
  await settled();
  assertEquals(shown(held), [1, 2, 3, 4, 5, 6, 7, 8].map((index) => `connect ${host(index)}`));
  held[1]?.end(`connected to ${host(2)}\n`);
  await settled();
  assertEquals(shown(held).at(-1), `connect ${host(9)}`);
  held[0]?.end(`connected to ${host(1)}\n`);
  await settled();
  assertEquals(shown(held).at(-1), `disconnect ${host(1)}`);
  time.pass(15_000);
  assertEquals(await late, tooMany);
  for (const { args: [what, address], end } of [...held]) {
    end(`${what}ed ${what === "connect" ? "to " : ""}${address}\n`);
  }
  await Promise.all([first, same, ...others, ninth]);
  assertEquals([most(), time.pending()], [8, 0]);
});

Deno.test("32 may wait; beyond that the answer comes at once, and a stop sends all of them away", async () => {
  const { adb, held, time } = adbByHand();
  const asked = Array.from({ length: 34 }, () => codeOf(adb.connect(host(1))));
  assertEquals(await asked.pop(), tooMany);
  await adb.stop();
  const [running, ...waiting] = await Promise.all(asked);
  assertEquals(running, ["unavailable", "Cannot use adb: it does not work here"]);
  for (const each of waiting) assertEquals(each, ["unavailable", "Cannot use adb now: the server is stopping"]);
  assertEquals([held.length, time.pending()], [0, 0]);
});

Deno.test("the list waits for no address, and many who ask for it at once run adb twice", async () => {
  const { adb, held } = adbByHand();
  const hanging = Array.from({ length: 8 }, (_, index) => codeOf(adb.connect(host(index + 1))));
  await settled();
  const lists = Array.from({ length: 12 }, () => adb.devices());
  await settled();
  assertEquals(shown(held).slice(8), ["devices -l"]);
  held[8]?.end(LIST);
  await settled();
  assertEquals(shown(held).slice(8), ["devices -l"]);
  held[8]?.end(`${LIST.trim()}\nshelf device\n`);
  const counts = (await Promise.all(lists)).map((items) => items.length);
  assertEquals(counts, [0, ...Array<number>(11).fill(1)]);
  await adb.stop();
  assertEquals((await Promise.all(hanging)).map(([code]) => code), Array<string>(8).fill("unavailable"));
});

Deno.test("a list that fails does not spoil the next", async () => {
  const { adb, held } = adbByHand();
  const [first, second] = [codeOf(adb.devices()), adb.devices()];
  held[0]?.end("error: protocol fault\n", 1);
  await settled();
  held[0]?.end(LIST);
  assertEquals(await second, []);
  assertEquals(await first, ["unavailable", "Cannot use adb: it does not work here"]);
});

Deno.test("a whole connect ends within 20 s, however many commands it takes, and is taken back", async () => {
  const { adb, held, time, entries } = adbByHand();
  const asked = codeOf(adb.connect(host(1)));
  await settled();
  held[0]?.end(`already connected to ${host(1)}\n`);
  await settled();
  time.pass(8000);
  held[0]?.end(`${LIST.trim()}\n${host(1)} offline\n`);
  await settled();
  time.pass(8000);
  held[0]?.end(`disconnected ${host(1)}\n`);
  await settled();
  assertEquals(shown(held), [`connect ${host(1)}`]);
  time.pass(1000);
  await settled();
  assertEquals(shown(held), [`disconnect ${host(1)}`]);
  time.pass(3000);
  const message = `Cannot connect adb to ${host(1)}: it does not answer as a device does that lets itself be debugged`;
  assertEquals(await asked, ["device_timeout", message]);
  assertEquals([entries, time.pending()], [[], 0]);
});
