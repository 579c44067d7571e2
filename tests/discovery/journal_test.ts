import { assertEquals } from "@std/assert";
import type { Recorder } from "../../src/audit/mod.ts";
import { createDailyBudget } from "../../src/base/daily_budget.ts";
import { createWindows } from "../../src/base/throttle.ts";
import { createConfigured } from "../../src/discovery/configured.ts";
import { createFinds } from "../../src/discovery/finds.ts";
import { createJournal } from "../../src/discovery/journal.ts";
import type { Sighting } from "../../src/discovery/sighting.ts";
import { createTelling } from "../../src/discovery/telling.ts";
import { timeByHand } from "../auth/by_hand.ts";

const SHELF: Sighting = {
  identity: "aabbccddeeff",
  name: "Shelf",
  deviceType: "wled",
  url: "http://192.168.1.20",
  address: "192.168.1.20",
  host: "wled.local",
  mac: "aabbccddeeff",
  places: ["192.168.1.20:80"],
  sender: "192.168.1.20",
};

/** Storage that fails while it is told to, and what was stored otherwise: statements and entries, one line each. */
function storage() {
  const state = { fails: true, stored: [] as string[], warnings: 0 };
  const recorder: Recorder = {
    record: () => {},
    change: async (work) => {
      const lines: string[] = [];
      const result = await work({
        transaction: Symbol("unit"),
        all: () => Promise.resolve([]),
        get: () => Promise.resolve(undefined),
        run: (sql) => Promise.resolve(void lines.push(sql.trim().split(/\s+/).slice(0, 2).join(" "))),
        record: (_category, action) => void lines.push(action),
      });
      if (state.fails) throw new Error("disk is full");
      state.stored.push(...lines);
      return result;
    },
  };
  return { state, recorder };
}

function open() {
  const { state, recorder } = storage();
  const time = timeByHand();
  const told: string[] = [];
  const budget = createDailyBudget({ clock: time.clock, perDay: () => 100 });
  const log = { warning: () => void state.warnings++ };
  const limits = { budget, windows: createWindows(time.turn) };
  const journal = createJournal({ recorder, ...time, limits, groupOf: (address) => address, log });
  const telling = createTelling({ turn: time.turn, announce: ({ type }) => void told.push(type) });
  let ids = 0;
  const newId = () => String(++ids);
  const configured = createConfigured({ learned: () => {} });
  const finds = createFinds({ clock: time.clock, newId, configured, journal, telling });
  const settle = async () => {
    await finds.idle();
    time.pass(100);
  };
  return { state, time, told, finds, settle };
}

Deno.test("a device that cannot be put on record is listed and told all the same, and put on record a minute later", async () => {
  const { state, time, told, finds, settle } = open();
  finds.seen(SHELF);
  await settle();
  assertEquals([finds.listed().length, told, state.warnings, state.stored], [1, ["device_discovered"], 1, []]);
  state.fails = false;
  finds.seen(SHELF);
  await finds.save(false);
  assertEquals(state.stored, []);
  time.pass(60_000);
  await finds.save(false);
  await finds.save(false);
  assertEquals(state.stored, ["INSERT OR", "DELETE FROM", "device.discovered"]);
});

Deno.test("a device that was never on record is lost without an entry", async () => {
  const { state, told, finds, settle } = open();
  finds.seen(SHELF);
  await settle();
  state.fails = false;
  finds.gone(SHELF.identity);
  await settle();
  assertEquals([state.stored, told], [[], ["device_discovered", "device_lost"]]);
  assertEquals(finds.find("1"), undefined, "nothing is left of it");
});

Deno.test("a loss that cannot be stored breaks nothing, and the device is found again", async () => {
  const { state, finds, settle } = open();
  state.fails = false;
  finds.seen(SHELF);
  await settle();
  state.fails = true;
  finds.gone(SHELF.identity);
  await settle();
  assertEquals([finds.listed().length, state.warnings], [0, 1]);
  state.fails = false;
  finds.seen(SHELF);
  await settle();
  assertEquals(finds.listed().length, 1);
  assertEquals(state.stored.filter((line) => line === "device.discovered").length, 2);
});
