import { assert, assertEquals, assertMatch, assertRejects } from "@std/assert";
import { KeyConfigurationError } from "../../src/auth/declared_keys.ts";
import { bodyOf, makeKeys, problemIn, refusal, textOf } from "../api/answers.ts";
import { openApp, type TestApp, withApp } from "../support/app.ts";
import { withTempDir } from "../support/engine.ts";
import { timeByHand } from "./by_hand.ts";

const KEYS = "/api/v1/system/api-keys";

const add = (app: TestApp, json: Readonly<Record<string, unknown>>, token?: string) =>
  app.call("POST", KEYS, { json, token });
const revoke = (app: TestApp, label: string, token?: string) => app.call("DELETE", `${KEYS}/${label}`, { token });
const actions = (app: TestApp) =>
  app.entries().filter(({ action }) => action.startsWith("auth.key_")).map(({ action, actor, metadata }) => [
    action,
    actor,
    metadata["key_label"],
    metadata["role"],
  ]);

async function listed(app: TestApp, token: string): Promise<readonly Readonly<Record<string, unknown>>[]> {
  const answer = await app.call("GET", KEYS, { token });
  const list: { readonly items: readonly Readonly<Record<string, unknown>>[]; readonly total: number } = await answer
    .json();
  assertEquals([answer.status, list.total], [200, list.items.length]);
  return list.items;
}

Deno.test("the first key is an admin, whoever sits at the machine makes it, and it ends anonymity", async () => {
  await withApp(async (app) => {
    assertEquals(await refusal(await add(app, { label: "desk", role: "viewer" })), [409, "role"]);
    const made = await bodyOf(await add(app, { label: "desk" }), 201);
    assertEquals([made["label"], made["role"], made["source"], made["expires_at"], made["last_used_at"]], [
      "desk",
      "admin",
      "database",
      null,
      null,
    ]);
    assertEquals((await add(app, { label: "second" })).status, 401);
    assertEquals((await app.call("GET", "/api/v1/devices")).status, 401);
    const token = textOf(made, "token");
    assertEquals((await bodyOf(await add(app, { label: "panel" }, token), 201))["role"], "viewer");
    assertEquals(actions(app), [
      ["auth.key_created", "anonymous", "desk", "admin"],
      ["auth.key_created", "desk", "panel", "viewer"],
    ]);
  });
});

Deno.test("the last admin stays while other keys exist, and an expired one does not count", async () => {
  const time = timeByHand();
  await withApp(async (app) => {
    const { token: admin } = await app.app.keys.create({ label: "desk" });
    const day = new Date(time.clock.now() + 86_400_000).toISOString();
    await app.app.keys.create({ label: "second", role: "admin", expiresAt: day });
    const { token: viewer } = await app.app.keys.create({ label: "panel" });
    assertEquals((await revoke(app, "desk", viewer)).status, 403);
    time.pass(86_400_000);
    assertEquals((await problemIn(await revoke(app, "desk", admin))).type, "urn:lumenlog:problem:conflict");
    for (const label of ["second", "panel"]) assertEquals((await revoke(app, label, admin)).status, 204);
    assertEquals((await revoke(app, "desk", admin)).status, 204);
    // No key is left: this machine is anonymous again, and the next first key is an admin again.
    assertEquals((await app.call("GET", "/api/v1/devices")).status, 200);
    assertEquals((await bodyOf(await add(app, { label: "again" }), 201))["role"], "admin");
  }, { clock: time.clock, delay: time.turn.delay });
});

Deno.test("a label is never used again: not after revoking, not after declaring, not in a later run", async () => {
  await withTempDir(async (dir) => {
    const first = await openApp(dir, { declared: "panel:viewer:0123456789abcdef" });
    const { token } = await first.app.keys.create({ label: "desk", role: "admin" });
    await first.app.keys.create({ label: "gone" });
    assertEquals((await revoke(first, "gone", token)).status, 204);
    for (const label of ["desk", "gone", "panel"]) {
      assertEquals(await refusal(await add(first, { label }, token)), [409, "label"], label);
    }
    assertEquals((await revoke(first, "panel", token)).status, 409);
    assertEquals((await revoke(first, "gone", token)).status, 404);
    await first.close();

    const second = await openApp(dir);
    for (const label of ["desk", "gone", "panel"]) {
      assertEquals(await refusal(await add(second, { label }, token)), [409, "label"], label);
    }
    assertEquals((await listed(second, token)).map(({ label }) => label), ["desk"]);
    await second.close();
    await assertRejects(
      () => openApp(dir, { declared: "gone:viewer:0123456789abcdef" }),
      KeyConfigurationError,
      "gone",
    );
  });
});

Deno.test("labels that are reserved or malformed are refused, and nothing is stored or recorded", async () => {
  await withApp(async (app) => {
    const bad = ["system", "anonymous", "System", "ANONYMOUS", "", "a b", "a/b", "é", "x".repeat(65), "a\n", "\u0000"];
    for (const label of bad) assertEquals(await refusal(await add(app, { label })), [422, "label"], label);
    for (const label of [7, null, ["desk"], { a: 1 }]) {
      assertEquals(await refusal(await add(app, { label })), [422, "label"]);
    }
    assertEquals([app.entries(), app.rows("SELECT label FROM api_key")], [[], []]);
    assertEquals((await add(app, { label: "x".repeat(64) })).status, 201);
  });
});

Deno.test("an expired key is refused with its reason, and an expiry must be a time in the future", async () => {
  const time = timeByHand(Date.UTC(2026, 0, 1));
  await withApp(async (app) => {
    const { token: admin } = await app.app.keys.create({ label: "desk" });
    const past = ["2025-12-31T23:59:59Z", "2026-01-01T00:00:00.000Z", "2026-01-01", "tomorrow", "2026-02-30", "", 5];
    for (const expires_at of past) {
      assertEquals(await refusal(await add(app, { label: "late", expires_at }, admin)), [422, "expires_at"]);
    }
    const made = await bodyOf(await add(app, { label: "guest", expires_at: "2026-01-02T01:00:00+01:00" }, admin), 201);
    assertEquals(made["expires_at"], "2026-01-02T00:00:00.000Z");
    const guest = () => app.call("GET", "/api/v1/devices", { token: textOf(made, "token") });
    time.pass(86_399_999);
    assertEquals((await guest()).status, 200);
    time.pass(1);
    assertEquals((await problemIn(await guest())).reason, "token_expired");
  }, { clock: time.clock, delay: time.turn.delay });
});

Deno.test("a token is shown once: it is in no list, no entry, no line of the log and no byte of the database", async () => {
  await withApp(async (app) => {
    const answer = await add(app, { label: "desk" });
    const made = await bodyOf(answer, 201);
    const token = textOf(made, "token");
    assertMatch(token, /^ll_[\w-]{43}$/);
    assertEquals(answer.headers.get("cache-control"), "no-store");
    await app.call("GET", "/api/v1/devices", { token: `${token}x` });
    await app.app.keys.flushLastUse();
    const bytes = await Promise.all(["", "-wal"].map((end) => Deno.readFile(app.path + end)));
    const stored = bytes.map((file) => new TextDecoder("latin1").decode(file)).join("");
    assert(stored.includes("auth.key_created"), "the entry is not in the bytes that are looked at");
    const shown = JSON.stringify([await listed(app, token), app.entries(), app.log]);
    for (const secret of [token, token.slice(3), token.slice(3, 23), token.slice(-20)]) {
      assert(!stored.includes(secret) && !shown.includes(secret), "the token is somewhere");
    }
  });
});

Deno.test("when a key was last used is shown at once, and known after a restart", async () => {
  const time = timeByHand(Date.UTC(2026, 5, 1));
  const options = { clock: time.clock, delay: time.turn.delay };
  await withTempDir(async (dir) => {
    const app = await openApp(dir, options);
    const { admin, viewer } = await makeKeys(app);
    time.pass(5_000);
    await app.call("GET", "/api/v1/devices", { token: viewer });
    const used = async (of: TestApp) =>
      (await listed(of, admin)).map(({ label, last_used_at }) => [label, last_used_at]);
    const expected = [["admin", "2026-06-01T00:00:05.000Z"], ["operator", null], [
      "viewer",
      "2026-06-01T00:00:05.000Z",
    ]];
    assertEquals(await used(app), expected);
    await app.close();
    const again = await openApp(dir, options);
    assertEquals(await used(again), expected);
    await again.close();
  });
});

Deno.test("a revoked key is refused from the answer on, also after a restart, and the entry names it", async () => {
  await withTempDir(async (dir) => {
    const app = await openApp(dir);
    const { admin, viewer } = await makeKeys(app);
    assertEquals((await revoke(app, "viewer", admin)).status, 204);
    const reason = async (of: TestApp) =>
      (await problemIn(await of.call("GET", "/api/v1/devices", { token: viewer }))).reason;
    assertEquals(await reason(app), "token_unknown");
    assertEquals(actions(app).at(-1), ["auth.key_revoked", "admin", "viewer", "viewer"]);
    await app.close();
    const again = await openApp(dir);
    assertEquals(await reason(again), "token_unknown");
    await again.close();
  });
});

Deno.test("of twenty callers who take one label at the same time exactly one gets it", async () => {
  await withApp(async (app) => {
    const { admin } = await makeKeys(app);
    const answers = await Promise.all(Array.from({ length: 20 }, () => add(app, { label: "panel" }, admin)));
    assertEquals(answers.map(({ status }) => status).toSorted(), [201, ...Array<number>(19).fill(409)]);
    assertEquals(actions(app).filter(([, , label]) => label === "panel").length, 1);
    const winner = answers.find(({ status }) => status === 201)!;
    const token = textOf(await bodyOf(winner, 201), "token");
    assertEquals((await app.call("GET", "/api/v1/devices", { token })).status, 200);
  });
});

Deno.test("of twenty first keys made at the same time exactly one is made", async () => {
  await withApp(async (app) => {
    const answers = await Promise.all(Array.from({ length: 20 }, (_, n) => add(app, { label: `desk-${n}` })));
    assertEquals(answers.map(({ status }) => status).toSorted(), [201, ...Array<number>(19).fill(409)]);
    assertEquals(app.rows("SELECT role FROM api_key").length, 1);
    assertEquals(actions(app).length, 1);
    const token = textOf(await bodyOf(answers.find(({ status }) => status === 201)!, 201), "token");
    assertEquals((await listed(app, token)).length, 1);
  });
});

Deno.test("of twenty who revoke the same key one does, and two last admins cannot revoke each other", async () => {
  await withApp(async (app) => {
    const { admin } = await makeKeys(app);
    const answers = await Promise.all(Array.from({ length: 20 }, () => revoke(app, "viewer", admin)));
    assertEquals(answers.map(({ status }) => status).toSorted(), [204, ...Array<number>(19).fill(404)]);
    const other = await app.app.keys.create({ label: "other", role: "admin" });
    const both = await Promise.all([revoke(app, "other", admin), revoke(app, "admin", other.token)]);
    assertEquals(both.map(({ status }) => status).toSorted(), [204, 409]);
  });
});
