import { assert, assertEquals } from "@std/assert";
import { z } from "zod";
import { authMessage, caughtUp } from "../support/live_client.ts";
import { processTest } from "../support/process.ts";
import { prepareUnlimitedLog } from "../support/unlimited_log.ts";
import { type ApiClient, createApiClient } from "./api_client.ts";
import { createFollower } from "./follower.ts";
import { memoryOf } from "./memory.ts";
import { connectStalled } from "./stalled_client.ts";

const CALLERS = 32;
const CHANGES = 26_000;
const WARM_UP = 8_000;
/** An entry has it twice, in the name and in the message: about 2.4 kB, so that all of them are about 62 MB. */
const LONG = "\u{1f4a1}".repeat(240);
/** What a server may differ by for reasons of its own. Keeping the entries for a client that does not read is more. */
const SLACK_MB = 58;

/** Renames until there are so many entries more; resolves with the most memory that the server had meanwhile. */
async function rename(api: ApiClient, ids: readonly string[], count: number, pid: number, meanwhile = noop) {
  let left = count;
  let most = 0;
  const work = async (id: string) => {
    while (left-- > 0) {
      await api.update("gradients", id, { name: `${left} ${id.slice(-6)} ${LONG}` });
      if (left % 1000 !== 0) continue;
      most = Math.max(most, await memoryOf(pid));
      await meanwhile();
    }
  };
  await Promise.all(ids.map(work));
  return Math.max(most, await memoryOf(pid));
}

const noop = () => Promise.resolve();
const LOGGED = z.looseObject({ type: z.string(), seq: z.int().optional() });

processTest(
  "a client that stops reading costs no memory and no other client anything, and misses no entry",
  async ({ start, dir }) => {
    await prepareUnlimitedLog(dir);
    const { url, pid } = await start();
    const api = createApiClient(url);
    const created = Array.from({ length: CALLERS }, (_, at) => api.create("gradients", { name: `Gradient ${at}` }));
    const ids = (await Promise.all(created)).map(({ id }) => id);
    const follower = createFollower();
    const other = await follower.connect(url);
    await caughtUp(other);
    const before = await rename(api, ids, WARM_UP, pid);

    const from = await api.head();
    const stalled = await connectStalled(url, authMessage({ afterSeq: from }));
    try {
      const during = await rename(api, ids, CHANGES, pid, stalled.pong);
      assert(during < before + SLACK_MB, `${before} MB without, ${during} MB with a client that does not read`);
      const head = await api.head();
      await other.reached(head);
      assertEquals(follower.faults, []);
      let last = from;
      for (let text = await stalled.next(); text !== undefined && last < head; text = await stalled.next()) {
        const { type, seq } = LOGGED.parse(JSON.parse(text));
        if (type === "activity_logged") assertEquals(seq, ++last);
        else assert(["auth_ok", "caught_up", "entity_changed", "resync"].includes(type), text);
      }
      assertEquals(last, head);
    } finally {
      stalled.close();
    }
    await other.close();
  },
);
