import { assert, assertEquals, assertMatch } from "@std/assert";
import { timeByHand } from "../auth/by_hand.ts";
import { type TestApp, withApp } from "../support/app.ts";
import { sha256 } from "../support/export.ts";
import { type Body, bodyOf, makeKeys, problemIn, refusal } from "./answers.ts";
import { make } from "./entities.ts";

const LOG = "/api/v1/activity-log";

/** The work with a key of each role, and forty entries. */
async function withLog(work: (app: TestApp, token: string) => Promise<void>, options = {}): Promise<void> {
  await withApp(async (app) => {
    const { operator } = await makeKeys(app);
    await Promise.all(
      Array.from(
        { length: 40 },
        (_, i) =>
          app.call("POST", "/api/v1/gradients", { token: operator, json: { name: `=Glow ${i}`, tags: ["hall"] } }),
      ),
    );
    await work(app, operator);
  }, options);
}

const bytesOf = async (answer: Response) => new Uint8Array(await answer.arrayBuffer());
const proofOf = async (app: TestApp, token: string, id: string) =>
  await bodyOf(await app.call("GET", `${LOG}/exports/${id}`, { token }));
const exportsIn = (app: TestApp) => app.entries().filter(({ action }) => action === "activity_log.exported");

async function ticketFor(app: TestApp, token: string, json: Body): Promise<Body> {
  return await bodyOf(await app.call("POST", `${LOG}/export-tickets`, { token, json }), 201);
}

Deno.test("an export is a download with its name, its proof and the caller's own entry", async () => {
  await withLog(async (app, token) => {
    for (
      const [format, type] of Object.entries({ csv: /^text\/csv;/, json: /^application\/json$/, ndjson: /ndjson$/ })
    ) {
      const answer = await app.call("GET", `${LOG}/export?format=${format}&categories=entity`, { token });
      assertEquals(answer.status, 200);
      assertMatch(answer.headers.get("content-type") ?? "", type);
      assertMatch(
        answer.headers.get("content-disposition") ?? "",
        new RegExp(`^attachment; filename="activity-log-20\\d{6}-\\d{6}\\.${format}"$`),
      );
      assertMatch(answer.headers.get("cache-control") ?? "", /no-store.*no-transform/);
      assertEquals([answer.headers.get("content-encoding"), answer.headers.get("vary")], [null, "accept-encoding"]);
      const id = answer.headers.get("x-export-id") ?? "";
      const bytes = await bytesOf(answer);
      const { first_seq, last_seq, ...proof } = await proofOf(app, token, id);
      assertEquals(proof, { state: "complete", complete: true, rows: 40, bytes: bytes.length, sha256: sha256(bytes) });
      const entry = exportsIn(app).at(-1)!;
      assertEquals([entry.actor, entry.metadata["format"], entry.metadata["rows"]], ["operator", format, 40]);
      assertEquals([entry.metadata["first_seq"], entry.metadata["last_seq"]], [first_seq, last_seq]);
    }
  });
});

Deno.test("a file is CSV unless another format is asked for", async () => {
  await withLog(async (app, token) => {
    const answer = await app.call("GET", `${LOG}/export`, { token });
    assertMatch(answer.headers.get("content-disposition") ?? "", /\.csv"$/);
    assertMatch(new TextDecoder().decode(await bytesOf(answer)), /^id,ts,category,/);
  });
});

Deno.test("the name of the file tells the time in UTC", async () => {
  const time = timeByHand(Date.UTC(2026, 1, 3, 4, 5, 6));
  await withLog(async (app, token) => {
    const answer = await app.call("GET", `${LOG}/export?format=ndjson`, { token });
    await answer.body?.cancel();
    assertMatch(answer.headers.get("content-disposition") ?? "", /activity-log-20260203-040506\.ndjson/);
  }, { clock: time.clock });
});

Deno.test("an export finds what the list finds, with every filter", async () => {
  await withLog(async (app, token) => {
    for (
      const query of ["q=glow%201", "tag=hall", "actions=entity.created", "entity_name=%3DGlow%207", "since=2999-01-01"]
    ) {
      const list: { entries: Body[] } = await (await app.call("GET", `${LOG}?limit=200&${query}`, { token })).json();
      const file: Body[] = await (await app.call("GET", `${LOG}/export?format=json&${query}`, { token })).json();
      assertEquals(file, list.entries.toReversed(), query);
    }
  });
});

Deno.test("the guard is on unless it is turned off", async () => {
  await withLog(async (app, token) => {
    const cell = async (query: string) => {
      const answer = await app.call("GET", `${LOG}/export?format=csv&entity_name=%3DGlow%207${query}`, { token });
      return (await answer.text()).split("\r\n")[1]?.split(",")[8];
    };
    assertEquals([await cell(""), await cell("&guard=on"), await cell("&guard=off")], [
      `"'=Glow 7"`,
      `"'=Glow 7"`,
      '"=Glow 7"',
    ]);
  });
});

Deno.test("unknown formats, guards and filters are refused by name, and nothing is on record for them", async () => {
  await withLog(async (app, token) => {
    const wrong = {
      "format=": "format",
      "format=xml": "format",
      "format=CSV": "format",
      "format=csv&format=json": "format",
      "format=csv&guard=maybe": "guard",
      "format=csv&limit=5": "limit",
      "format=csv&severities=fatal": "severities[0]",
      "format=csv&since=2026-02-02&until=2026-01-01": "since",
    };
    for (const [query, field] of Object.entries(wrong)) {
      assertEquals(await refusal(await app.call("GET", `${LOG}/export?${query}`, { token })), [422, field], query);
    }
    const bodies: readonly (readonly [Body, string])[] = [
      [{ format: null }, "format"],
      [{ format: "xml" }, "format"],
      [{ format: "csv", guard: 1 }, "guard"],
      [{ format: "csv", filters: {} }, "filters"],
      [{ format: "csv", filter: { categories: ["auth", "nonsense"] } }, "filter.categories[1]"],
      [{ format: "csv", filter: { nonsense: "1" } }, "filter.nonsense"],
      [{ format: "csv", filter: { since: "soon" } }, "filter.since"],
    ];
    for (const [json, field] of bodies) {
      assertEquals(await refusal(await app.call("POST", `${LOG}/export-tickets`, { token, json })), [422, field]);
    }
    assertEquals(exportsIn(app), []);
  });
});

Deno.test("HEAD tells the headers and begins no export", async () => {
  await withLog(async (app, token) => {
    const answer = await app.call("HEAD", `${LOG}/export?format=csv`, { token });
    assertEquals([answer.status, answer.body, answer.headers.get("x-export-id")], [200, null, null]);
    assertMatch(answer.headers.get("content-type") ?? "", /^text\/csv/);
    const { url } = await ticketFor(app, token, { format: "csv" });
    assertEquals((await app.call("HEAD", String(url))).status, 200);
    assertEquals(exportsIn(app), []);
    assertEquals((await (await app.call("GET", String(url))).text()).split("\r\n").length > 40, true);
  });
});

Deno.test("gzip only for who asks for it, and the proof is of what is inside", async () => {
  await withLog(async (app, token) => {
    const asked = {
      "gzip": true,
      "br;q=1.0, GZIP;q=0.5": true,
      "*": true,
      "x-gzip": true,
      "gzip;q=0": false,
      "*;q=0": false,
      "gzip;q=0, *": false,
      "gzip;q=x": false,
      "identity": false,
      "": false,
    };
    for (const [encoding, zipped] of Object.entries(asked)) {
      const headers = { "accept-encoding": encoding === "" ? null : encoding };
      const answer = await app.call("GET", `${LOG}/export?format=csv&categories=entity`, { token, headers });
      assertEquals(answer.headers.get("content-encoding"), zipped ? "gzip" : null, encoding);
      const body = zipped ? answer.body!.pipeThrough(new DecompressionStream("gzip")) : answer.body;
      const bytes = await bytesOf(new Response(body));
      const proof = await proofOf(app, token, answer.headers.get("x-export-id") ?? "");
      assertEquals([proof["sha256"], proof["bytes"], proof["rows"]], [sha256(bytes), bytes.length, 40], encoding);
    }
  });
});

Deno.test("a ticket is good once, without a key, and its export is known before it begins", async () => {
  await withLog(async (app, token) => {
    const json = { format: "ndjson", filter: { categories: ["entity"], q: "GLOW", tag: "hall" } };
    const { url, export_id, expires_at } = await ticketFor(app, token, json);
    assertMatch(String(url), /^\/api\/v1\/activity-log\/export-tickets\/[\w-]{43}$/);
    assert(Date.parse(String(expires_at)) > Date.now() + 50_000);
    assertEquals((await proofOf(app, token, String(export_id)))["state"], "waiting");
    const answer = await app.call("GET", String(url), { peer: "192.168.1.50", headers: { host: "192.168.1.2:8420" } });
    assertEquals([answer.status, answer.headers.get("x-export-id")], [200, String(export_id)]);
    assertEquals((await answer.text()).split("\n").length, 41);
    const { state, rows } = await proofOf(app, token, String(export_id));
    assertEquals([state, rows], ["complete", 40]);
    assertEquals(exportsIn(app).map(({ actor }) => actor), ["operator"]);
    assertEquals((await problemIn(await app.call("GET", String(url)))).status, 404, "used");
    assertEquals((await problemIn(await app.call("GET", `${LOG}/export-tickets/nonsense`))).status, 404);
  });
});

Deno.test("a ticket ends after a minute, and with the key that it was made with", async () => {
  const time = timeByHand();
  await withLog(async (app, token) => {
    const make = async () => String((await ticketFor(app, token, { format: "csv" }))["url"]);
    const [late, good, revoked] = [await make(), await make(), await make()];
    time.pass(59_999);
    assertEquals((await (await app.call("GET", good)).text()).startsWith("id,ts,"), true);
    time.pass(1);
    assertEquals((await problemIn(await app.call("GET", late))).status, 404);
    assertEquals((await problemIn(await app.call("GET", revoked))).status, 404);
    const last = await make();
    await app.app.keys.revoke("operator");
    assertEquals((await problemIn(await app.call("GET", last))).status, 404);
  }, { clock: time.clock });
});

Deno.test("no more than twenty tickets of a key are open, and none of them is lost to one more", async () => {
  await withLog(async (app, token) => {
    const urls: string[] = [];
    for (let i = 0; i < 20; i++) urls.push(String((await ticketFor(app, token, { format: "csv" }))["url"]));
    const refused = await app.call("POST", `${LOG}/export-tickets`, { token, json: { format: "csv" } });
    assertEquals((await problemIn(refused)).status, 503);
    assertEquals((await (await app.call("GET", urls[0]!)).text()).startsWith("id,ts,"), true);
    await ticketFor(app, token, { format: "csv" });
  });
});

Deno.test("four exports of a key run at a time, the fifth is told so, and one that ended makes room", async () => {
  await withLog(async (app, token) => {
    const start = () => app.call("GET", `${LOG}/export?format=json`, { token });
    const running = [await start(), await start(), await start(), await start()];
    const { status, detail } = await problemIn(await start());
    assertEquals(status, 503);
    assertMatch(detail ?? "", /too many exports are running/);
    assertEquals((await proofOf(app, token, running[0]!.headers.get("x-export-id")!))["state"], "running");
    const ticket = String((await ticketFor(app, token, { format: "csv" }))["url"]);
    assertEquals((await problemIn(await app.call("GET", ticket))).status, 503);
    await running[0]!.body!.cancel();
    assertEquals((await app.call("GET", ticket)).status, 200, "a ticket that got nothing is still good");
    await running[1]!.text();
    const again = await start();
    await again.text();
    const states = exportsIn(app).map(({ metadata }) => metadata["complete"]);
    assertEquals(states, [false, true, true]);
  });
});

Deno.test("a download that nobody takes a byte of for five minutes is cut, and one that is taken is not", async () => {
  const time = timeByHand();
  await withLog(async (app, token) => {
    const left = await app.call("GET", `${LOG}/export?format=csv`, { token });
    const taken = (await app.call("GET", `${LOG}/export?format=csv`, { token })).body!.getReader();
    time.pass(4 * 60_000);
    await taken.read();
    time.pass(60_000);
    const cut = await left.text().then(() => "whole", String);
    assertMatch(cut, /its client takes nothing/);
    while (!(await taken.read()).done);
    assertEquals(exportsIn(app).map(({ metadata }) => metadata["complete"]), [false, true]);
  }, { clock: time.clock, delay: time.turn.delay });
});

Deno.test("what is still running at a stop is cut and on record", async () => {
  await withLog(async (app, token) => {
    await app.call("GET", `${LOG}/export?format=csv`, { token });
    await app.app.stop(() => Promise.resolve());
    assertEquals(exportsIn(app).map(({ metadata }) => metadata["complete"]), [false]);
  });
});

Deno.test("clearing the log breaks an export that is under way", async () => {
  await withApp(async (app) => {
    const { admin } = await makeKeys(app);
    const names = Array.from({ length: 1700 }, (_, i) => `Glow ${i}`);
    await Promise.all(names.map((name) => app.call("POST", "/api/v1/gradients", { token: admin, json: { name } })));
    const reader = (await app.call("GET", `${LOG}/export?format=csv`, { token: admin })).body!.getReader();
    await reader.read();
    await app.call("DELETE", LOG, { token: admin });
    const outcome = await (async () => {
      while (!(await reader.read()).done);
      return "whole";
    })().catch((error: unknown) => String(error));
    assertMatch(outcome, /entries were removed/);
    assertEquals(exportsIn(app).map(({ metadata }) => metadata["complete"]), [false]);
  });
});

Deno.test("whoever may read may ask for a proof, and only a real key may export", async () => {
  await withApp(async (app) => {
    await make(app, "gradient", { name: "Dawn" });
    assertEquals((await problemIn(await app.call("GET", `${LOG}/export?format=csv`))).status, 401);
    const refused = await app.call("POST", `${LOG}/export-tickets`, { json: { format: "csv" } });
    assertEquals((await problemIn(refused)).status, 401);
    const { viewer } = await makeKeys(app);
    const answer = await app.call("GET", `${LOG}/export?format=csv`, { token: viewer });
    assertMatch(await answer.text(), /"Dawn"/);
  });
});
