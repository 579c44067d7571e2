import { assertEquals } from "@std/assert";
import { type Api, createApi } from "../../../src/ui/base/api.ts";

/** A server that is away for so many requests. */
async function withAway(
  times: number,
  headers: Readonly<Record<string, string>>,
  work: (api: Api, url: string, asked: () => number) => Promise<void>,
): Promise<void> {
  let asked = 0;
  const answer = () =>
    asked++ < times ? Response.json({ detail: "away" }, { status: 503, headers }) : Response.json({ is: "back" });
  await using server = Deno.serve({ port: 0, hostname: "127.0.0.1", onListen: () => {} }, answer);
  const api = createApi({ token: () => null, unauthorized: () => {} });
  await work(api, `http://127.0.0.1:${server.addr.port}/`, () => asked);
}

const SOON = { "retry-after": "0.01" };

Deno.test("what is read while the server restarts is read again when the server says so", async () => {
  await withAway(2, SOON, async (api, url, asked) => {
    assertEquals(await api.get(url), { ok: true, value: { is: "back" }, etag: null });
    assertEquals(asked(), 3);
  });
});

Deno.test("what changes something is sent once", async () => {
  await withAway(1, SOON, async (api, url, asked) => {
    const answer = await api.send("POST", url, {});
    assertEquals([answer.ok, asked()], [false, 1]);
  });
});

Deno.test("a failure without a time to come again is told at once", async () => {
  await withAway(1, {}, async (api, url, asked) => {
    const answer = await api.get(url);
    assertEquals([answer.ok, asked()], [false, 1]);
  });
});

Deno.test("a server that stays away is told of with its own words, once the time is over", async () => {
  await withAway(Infinity, SOON, async (api, url) => {
    const answer = await api.get(url, { ms: 200 });
    assertEquals(answer.ok ? "ok" : [answer.problem.status, answer.problem.detail], [503, "away"]);
  });
});

Deno.test("whoever gives up waiting gets an answer at once", async () => {
  await withAway(Infinity, { "retry-after": "60" }, async (api, url) => {
    const given = new AbortController();
    const answer = api.get(url, { signal: given.signal });
    given.abort();
    assertEquals((await answer).ok, false);
  });
});
