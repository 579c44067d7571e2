import { assertEquals } from "@std/assert";
import { assertFinds, assertOnRecord, assertSound, awake, recordMany, told } from "../audit/removal_checks.ts";
import { contract } from "./adapters.ts";

contract("the log is kept within its limits, and can be cleared", async (engine) => {
  await recordMany(engine, 3000);
  await engine.blockIndex.catchUp();
  for (let batch = 0; batch < 3; batch++) await engine.textIndex.step();
  await engine.settings.change({ maxEntries: 600 });
  await awake(engine.retention.run());
  assertEquals(engine.retention.lastError(), undefined);
  const rows = await assertSound(engine);
  assertEquals(rows.length, 600);
  await assertFinds(engine, rows, { entityId: "dev_3", q: "x 5" });
  assertEquals((await told(engine.sql, "activity_log.pruned")).map(({ metadata }) => metadata), [
    { deleted: 2402, up_to_seq: 2402 },
  ]);
  assertEquals(await engine.clear(), { deleted: 600, upToSeq: 3002 });
  assertEquals((await assertSound(engine)).map(({ seq, action }) => [seq, action]), [[3003, "activity_log.cleared"]]);
  await assertOnRecord(engine);
  await engine.settings.change({ enabled: false });
  await recordMany(engine, 3);
  assertEquals((await assertSound(engine)).at(-1)?.action, "activity_log.disabled");
});
