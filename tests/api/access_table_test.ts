import { assert, assertEquals } from "@std/assert";
import type { Entry } from "../../src/audit/mod.ts";
import type { Route } from "../../src/http/route.ts";
import { timeByHand } from "../auth/by_hand.ts";
import { type TestApp, withApp } from "../support/app.ts";
import { makeKeys, problemIn, type Tokens } from "./answers.ts";
import { CALLERS, EXPECTED, type Expected, ORIGINS, PEERS, rejectionOf, type Situation } from "./expected_access.ts";

const DAY_MS = 86_400_000;
const nameOf = ({ method, path }: Route) => `${method} ${path}`;

const situations = (keysExist: boolean): readonly Situation[] =>
  CALLERS.flatMap((caller) =>
    (["loopback", "lan"] as const).flatMap((peer) =>
      ORIGINS.map((origin) => ({ caller, peer, origin, keysExist }) as const)
    )
  );

/** Sends the route's sample call. */
function sampleCall(
  app: TestApp,
  route: Route,
  expected: Expected,
  situation: Situation,
  tokens: Tokens,
  name: string,
) {
  const host = situation.peer === "loopback" ? "localhost:8420" : "192.168.1.10:8420";
  const origins = { own: `http://${host}`, none: null, foreign: "http://evil.example", null: "null" };
  const wrong = "ll_not-a-token-of-anybody-at-all";
  const { caller } = situation;
  const path = route.path.replaceAll(/\{\w+\}/g, "nobody") + (expected.query ?? "");
  return app.call(route.method, path, {
    headers: { host, origin: origins[situation.origin] },
    peer: PEERS[situation.peer],
    ...(caller === "none" ? {} : { token: caller === "wrong" ? wrong : tokens[caller] }),
    ...(expected.body === undefined ? {} : { text: JSON.stringify(expected.body).replace("NAME", name) }),
  });
}

/** The newest entry and its place, as another process would read it. */
function newest(app: TestApp): { readonly seq: number; readonly entry: Entry } {
  const [row] = app.rows<{ seq: number; entry: string }>(
    "SELECT seq, entry FROM activity_log ORDER BY seq DESC LIMIT 1",
  );
  return { seq: row?.seq ?? 0, entry: JSON.parse(row?.entry ?? "{}") };
}

/** The call was answered as it must be, and stands in the log with its reason, its address and nobody else's name. */
async function assertRejected(app: TestApp, answer: Response, { peer, caller }: Situation, seq: number, where: string) {
  const { reason, type } = await problemIn(answer);
  assertEquals(type, `urn:lumenlog:problem:${answer.status === 401 ? "unauthorized" : "forbidden"}`, where);
  assertEquals(answer.headers.get("www-authenticate"), answer.status === 401 ? "Bearer" : null, where);
  const { seq: last, entry } = newest(app);
  const actor = reason === "role_too_low" ? caller : "anonymous";
  assertEquals([last, entry.action, entry.actor], [seq + 1, "auth.rejected", actor], where);
  assertEquals<unknown>(entry.metadata, { reason, client: PEERS[peer] }, where);
}

for (const keysExist of [false, true]) {
  const world = keysExist ? "with keys" : "without keys";
  Deno.test(`no route lets in who may not come or keeps out who may, ${world}`, async () => {
    const time = timeByHand();
    await withApp(async (app) => {
      const none = "ll_a-token-that-no-key-of-this-server-has";
      const tokens = keysExist ? await makeKeys(app) : { admin: none, operator: none, viewer: none };
      const count = { rejected: 0, created: 0 };
      for (const route of app.app.routes) {
        const expected = EXPECTED[nameOf(route)];
        assert(expected, `nobody wrote down who may call ${nameOf(route)}`);
        for (const situation of situations(keysExist)) {
          const where = `${nameOf(route)} as ${JSON.stringify(situation)}`;
          const { seq } = newest(app);
          const answer = await sampleCall(app, route, expected, situation, tokens, `Lamp ${count.created + 1}`);
          const rejection = rejectionOf(expected, situation);
          assertEquals(answer.status, rejection ?? expected.answer, where);
          if (rejection !== undefined) await assertRejected(app, answer, situation, seq, where);
          if (rejection !== undefined) count.rejected++;
          else if (answer.status === 201 && expected.body !== undefined) count.created++;
          // Not more than ten a minute are recorded, and not more than two hundred a day.
          time.pass(60_000);
        }
        time.pass(DAY_MS);
      }
      assert(count.rejected > 1000 && count.created >= 22, JSON.stringify(count));
      assertEquals(app.rows<{ n: number }>("SELECT count(*) AS n FROM entity"), [{ n: count.created }]);
    }, { clock: time.clock, delay: time.turn.delay });
  });
}

Deno.test("who may call is written down for no route that does not exist", async () => {
  await withApp((app) => {
    assertEquals(app.app.routes.map(nameOf).toSorted(), Object.keys(EXPECTED).toSorted());
    return Promise.resolve();
  });
});
