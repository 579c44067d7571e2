import { assert, assertEquals } from "@std/assert";
import { join } from "node:path";
import { scheduleHere } from "../../src/runtime/schedule.ts";
import { recordMany } from "../audit/removal_checks.ts";
import { filePlace, openEngine } from "../support/engine.ts";
import { until } from "../support/faults.ts";
import { processTest } from "../support/process.ts";
import { createApiClient } from "./api_client.ts";

processTest("a log beyond its limit is brought within it soon after a start, and the stop is in order", async (at) => {
  const dataDir = join(at.dir, "data");
  await Deno.mkdir(dataDir);
  const engine = await openEngine(filePlace(dataDir));
  await recordMany(engine, 3000);
  await engine.settings.change({ maxEntries: 100 });
  await engine.close();
  const server = await at.start();
  const api = createApiClient(server.url);
  const newest = async () => (await api.entries("limit=200")).map(({ action }) => action);
  await until("the prune is on record", async () => (await newest()).includes("activity_log.pruned"));
  assertEquals((await newest()).length, 100);
  const { code, stderr } = await server.kill("SIGTERM");
  assertEquals({ code, stderr }, { code: 0, stderr: "" });
});

Deno.test("the schedule for runtimes without one calls at its times until it is ended", async () => {
  const stop = new AbortController();
  let calls = 0;
  scheduleHere("* * * * * *", () => Promise.resolve(void calls++), stop.signal);
  await until("two calls", () => calls >= 2);
  stop.abort();
  const ended = new AbortController();
  ended.abort();
  scheduleHere("* * * * * *", () => Promise.resolve(void calls++), ended.signal);
  const before = calls;
  await new Promise((resolve) => setTimeout(resolve, 1100));
  assertEquals(calls, before);
  assert(before >= 2);
});
