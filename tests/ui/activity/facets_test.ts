import { assertEquals } from "@std/assert";
import type { Api } from "../../../src/ui/base/api.ts";
import { shortCount } from "../../../src/ui/base/format.ts";
import { type Result, UNREACHABLE } from "../../../src/ui/base/problem.ts";
import { countOf, readFacets } from "../../../src/ui/activity/facets/facets.ts";
import type { Filter } from "../../../src/ui/activity/filter.ts";

const EMPTY = { categories: [], severities: [], actions: [], actors: [], entity_types: [] };
const never = new AbortController().signal;

/** A server that writes down what it is asked, and answers how often it was asked before. */
function createServer(refused = "") {
  const asked: string[] = [];
  const get: Api["get"] = <T>(path: string) => {
    asked.push(decodeURIComponent(path.replace(/^.*facets\??/, "")));
    const answer = {
      ...EMPTY,
      categories: [{ value: "auth", count: asked.length }],
      total: asked.length,
      partial: false,
    };
    const result = refused !== "" && path.includes(refused)
      ? { ok: false as const, problem: UNREACHABLE }
      : { ok: true as const, value: answer as T, etag: null }; // facets are what is asked for
    return Promise.resolve<Result<T>>(result);
  };
  return { asked, api: { get } };
}

const ASKED: readonly (readonly [Filter, readonly string[]])[] = [
  [{}, [""]],
  [{ q: "lamp" }, ["q=lamp"]],
  [{ categories: ["auth"] }, ["categories=auth", ""]],
  [{ severities: ["error"], actor: "desk" }, ["severities=error&actor=desk", "actor=desk", "severities=error"]],
  [{ entityType: "device", entityId: "dev_1" }, ["entity_type=device&entity_id=dev_1", ""]],
  [{ actions: ["device.online"], since: "2026-11-22T00:00:00.000Z" }, [
    "actions=device.online&since=2026-11-22T00:00:00.000Z",
    "since=2026-11-22T00:00:00.000Z",
  ]],
];

for (const [filter, asked] of ASKED) {
  Deno.test(`a choice says what it would give, whatever is chosen beside it: ${JSON.stringify(filter)}`, async () => {
    const server = createServer();
    await readFacets(server.api, filter, never);
    assertEquals(server.asked, asked);
  });
}

Deno.test("the total is that of the whole filter, a count that of its dimension without its own part", async () => {
  const { api } = createServer();
  const answer = await readFacets(api, { categories: ["auth"] }, never);
  assertEquals(answer.ok && answer.value.total, 1);
  assertEquals(answer.ok && countOf(answer.value, "categories", "auth"), { count: 2, atLeast: false });
  assertEquals(answer.ok && countOf(answer.value, "categories", "device"), { count: 0, atLeast: false });
  assertEquals(countOf(undefined, "categories", "auth"), undefined);
});

Deno.test("when one of the questions fails there are no counts, but the reason", async () => {
  const { api } = createServer("severities");
  const answer = await readFacets(api, { severities: ["error"], actor: "desk" }, never);
  assertEquals(answer, { ok: false, problem: UNREACHABLE });
});

Deno.test("a count takes little room", () => {
  const said = [0, 7, 999, 1000, 1234, 12_345, 123_456, 1_234_567].map(shortCount);
  assertEquals(said, ["0", "7", "999", "1k", "1.2k", "12k", "120k", "1.2m"]);
});
