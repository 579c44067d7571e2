import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import type { Reader } from "../../src/audit/ports.ts";
import { pack, unpack } from "../../src/config_history/packing.ts";
import {
  countSnapshots,
  findCheck,
  findLatest,
  findSnapshot,
  insertSnapshot,
  listSnapshots,
  type NewSnapshot,
  readChecks,
  readPacked,
  removeLostChecks,
  removeOlder,
  writeCheck,
} from "../../src/config_history/store.ts";
import { createTexts } from "../../src/config_history/texts.ts";
import type { DatabasePlace } from "../../src/runtime/database.ts";
import { filePlace, openEngine, withTempDir } from "../support/engine.ts";
import { withSqld } from "../support/sqld.ts";
import { NEVER } from "./setup.ts";

const PLACES: Readonly<Record<string, (work: (place: DatabasePlace) => Promise<void>) => Promise<void>>> = {
  "a file": (work) => withTempDir((dir) => work(filePlace(dir))),
  "a libSQL server": (work) => withSqld(({ url }) => work({ kind: "remote", url })),
};

const snapshot = async (id: string, createdAt: string, text: string): Promise<NewSnapshot> => ({
  id,
  deviceId: "dev_1",
  deviceName: "Shelf",
  resourceType: "wled",
  sha256: id.padEnd(64, "0"),
  size: text.length,
  normaliser: 1,
  trigger: "scheduled",
  createdAt,
  linesAdded: 1,
  linesRemoved: 0,
  changes: 1,
  packed: await pack(text),
});

for (const [name, withPlace] of Object.entries(PLACES)) {
  Deno.test(`snapshots and looks are kept in ${name}, and go when they are old and their device is gone`, async () => {
    await withPlace(async (place) => {
      const { sql, recorder, close } = await openEngine(place);
      const text = "é".repeat(100_000);
      const old = await snapshot("cfg_a", "2026-01-01T00:00:00.000Z", text);
      // The clock has stepped back: its place still is behind the other.
      const fresh = await snapshot("cfg_b", "2025-12-31T00:00:00.000Z", "other");
      for (const each of [old, fresh]) await recorder.change((tx) => insertSnapshot(tx, each));
      const { packed: _, ...meta } = fresh;
      assertEquals(await findLatest(sql, "dev_1", "wled"), { ...meta, previousId: "cfg_a" });
      assertEquals(await findLatest(sql, "dev_1", "routeros"), undefined);
      assertEquals((await listSnapshots(sql, "dev_1", 5)).map(({ id }) => id), ["cfg_b", "cfg_a"]);
      const first = await findSnapshot(sql, "dev_1", "cfg_a");
      assertEquals([first?.previousId, first?.linesAdded, first?.changes], [null, null, null]);
      assertEquals(await findSnapshot(sql, "dev_2", "cfg_a"), undefined);
      const packed = await readPacked(sql, "cfg_a");
      assertEquals(packed && await unpack(packed), text);
      const check = { checkedAt: fresh.createdAt, outcome: "failed", problem: "no", failures: 2 } as const;
      for (const failures of [1, 2]) await recorder.change((tx) => writeCheck(tx, "dev_1", { ...check, failures }));
      assertEquals(await findCheck(sql, "dev_1"), check);
      assertEquals([...await readChecks(sql)], [["dev_1", check]]);
      assertEquals(await recorder.change((tx) => removeOlder(tx, "2027-01-01T00:00:00.000Z", 1)), 1);
      assertEquals((await listSnapshots(sql, "dev_1", 5)).map(({ id }) => id), ["cfg_a"]);
      await recorder.change(removeLostChecks);
      assertEquals(await findCheck(sql, "dev_1"), undefined);
      await close();
    });
  });
}

Deno.test("without a key for marks, what an older version kept is shown without its secrets all the same", async () => {
  await withTempDir(async (dir) => {
    const { sql, recorder, close } = await openEngine(filePlace(dir));
    const text = '{"cfg":{"psk":"<secret:01234567>","mqttpass":"hunter2"},"presets":{}}';
    const older = { ...await snapshot("cfg_a", "2026-01-01T00:00:00.000Z", text), normaliser: 0 };
    await recorder.change((tx) => insertSnapshot(tx, older));
    const shown = await createTexts({ sql, mask: undefined, breathe: NEVER }).read({ ...older, previousId: null });
    assertStringIncludes(shown ?? "", '"mqttpass": "<secret:00000000>",\n    "psk": "<secret:01234567>"');
    await close();
  });
});

Deno.test("however many snapshots there are, none is read in vain", async () => {
  await withTempDir(async (dir) => {
    const { sql, recorder, close } = await openEngine(filePlace(dir));
    const plans: string[] = [];
    const planned = (over: Reader): Reader => {
      const note = async (text: string, params?: Parameters<Reader["all"]>[1]) => {
        const steps = await over.all<{ detail: string }>(`EXPLAIN QUERY PLAN ${text}`, params);
        plans.push(...steps.map(({ detail }) => detail));
      };
      return {
        all: async (text, params) => await note(text, params).then(() => over.all(text, params)),
        get: async (text, params) => await note(text, params).then(() => over.get(text, params)),
      };
    };
    const reader = planned(sql);
    await listSnapshots(reader, "dev_1", 50);
    await countSnapshots(reader, "dev_1");
    await findLatest(reader, "dev_1", "wled");
    await findSnapshot(reader, "dev_1", "cfg_a");
    await recorder.change((tx) => removeOlder({ ...tx, ...planned(tx) }, "2027-01-01T00:00:00.000Z", 64));
    assert(plans.length > 8);
    assertEquals(plans.filter((step) => /\bSCAN\b|TEMP B-TREE/.test(step)), []);
    await close();
  });
});
