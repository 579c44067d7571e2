import { assert, assertEquals } from "@std/assert";
import { REJECTION_REASONS } from "../../src/auth/actions.ts";
import { makeKeys, problemIn, refusal } from "../api/answers.ts";
import { type CallOptions, openApp, type TestApp, withApp } from "../support/app.ts";
import { withTempDir } from "../support/engine.ts";

const LIST = "/api/v1/devices";
const rejected = (app: TestApp) => app.entries().filter(({ action }) => action === "auth.rejected");

Deno.test("the reasons of a rejection stay the same words", () => {
  assertEquals<readonly string[]>(REJECTION_REASONS.toSorted(), [
    "auth_late",
    "auth_malformed",
    "host_foreign",
    "host_malformed",
    "host_missing",
    "host_needs_key",
    "key_required",
    "no_keys",
    "origin_foreign",
    "origin_malformed",
    "role_too_low",
    "throttled",
    "token_expired",
    "token_malformed",
    "token_missing",
    "token_unknown",
  ]);
});

Deno.test("a key counts only as one bearer token in its header", async () => {
  await withApp(async (app) => {
    const { viewer } = await makeKeys(app);
    const reason = async (options: CallOptions, path = LIST) => {
      const answer = await app.call("GET", path, options);
      return answer.ok ? "in" : (await problemIn(answer)).reason;
    };
    const header = (authorization: string) => reason({ headers: { authorization } });
    assertEquals([await header(`Bearer ${viewer}`), await header(`bearer ${viewer}`)], ["in", "in"]);
    const malformed = [viewer, `Basic ${btoa(`x:${viewer}`)}`, `Bearer  ${viewer}`, `Bearer ${viewer} ${viewer}`];
    const joined = [`Bearer ${viewer}, Bearer ${viewer}`, "Bearer", "Bearer é", "", `Bearer ${"a".repeat(513)}`];
    for (const text of [...malformed, ...joined]) assertEquals(await header(text), "token_malformed", text);
    const unknown = [viewer.slice(0, -1), `${viewer}x`, viewer.toLowerCase(), viewer.slice(3)];
    for (const text of unknown) assertEquals(await header(`Bearer ${text}`), "token_unknown", text);
    assertEquals(await reason({ headers: { "x-api-key": viewer, cookie: `token=${viewer}` } }), "token_missing");
    assertEquals(await reason({}, `${LIST}?token=${viewer}&access_token=${viewer}`), "token_missing");
    assert(!JSON.stringify(rejected(app)).includes(viewer.slice(3)) && !app.log.join().includes(viewer.slice(3)));
  });
});

Deno.test("what anonymous, a key and the server itself do stands under their names", async () => {
  await withTempDir(async (dir) => {
    const app = await openApp(dir);
    await app.app.start();
    await app.call("POST", "/api/v1/gradients", { json: { name: "First" } });
    const { operator } = await makeKeys(app);
    await app.call("POST", "/api/v1/gradients", { json: { name: "Second" }, token: operator });
    await app.call("GET", LIST);
    await app.close();
    const again = await openApp(dir);
    assertEquals(again.entries().map(({ action, actor }) => [action, actor]), [
      ["server.started", "system"],
      ["entity.created", "anonymous"],
      ["auth.key_created", "system"],
      ["auth.key_created", "system"],
      ["auth.key_created", "system"],
      ["entity.created", "operator"],
      ["auth.rejected", "anonymous"],
      ["server.shutting_down", "system"],
    ]);
    await again.close();
  });
});

Deno.test("a role that is too low is recorded under the label of its key, and changes nothing", async () => {
  await withApp(async (app) => {
    const { viewer } = await makeKeys(app);
    const answer = await app.call("POST", "/api/v1/gradients", { json: { name: "Mine" }, token: viewer });
    assertEquals((await problemIn(answer)).reason, "role_too_low");
    assertEquals(rejected(app).map(({ actor, metadata }) => [actor, metadata]), [
      ["viewer", { reason: "role_too_low", client: "127.0.0.1" }],
    ]);
    assertEquals(app.rows("SELECT id FROM entity"), []);
  });
});

Deno.test("without a key nobody learns which paths and methods exist", async () => {
  await withApp(async (app) => {
    const { viewer } = await makeKeys(app);
    const calls = [["GET", "/api/v1/nothing"], ["PATCH", LIST], ["OPTIONS", LIST], ["POST", "/"], ["PUT", "/health"]];
    for (const [method = "", path = ""] of calls) {
      const answer = await app.call(method, path);
      assertEquals((await problemIn(answer)).reason, "token_missing", `${method} ${path}`);
    }
    assertEquals((await app.call("GET", "/api/v1/nothing", { token: viewer })).status, 404);
    assertEquals(await refusal(await app.call("PATCH", LIST, { token: viewer })), [405]);
  });
});

Deno.test("a rejected call is refused before its query, path or body is looked at", async () => {
  await withApp(async (app) => {
    await makeKeys(app);
    const calls = [
      app.call("GET", `${LIST}?nonsense=1`),
      app.call("POST", LIST, { text: "{" }),
      app.call("POST", LIST, { text: "x".repeat(1_000_000) }),
      app.call("PUT", `${LIST}/%ff`, { json: {} }),
    ];
    for (const answer of await Promise.all(calls)) assertEquals(answer.status, 401);
  });
});

Deno.test("HEAD needs what GET needs", async () => {
  await withApp(async (app) => {
    const { viewer, admin } = await makeKeys(app);
    const head = async (path: string, token?: string) => (await app.call("HEAD", path, { token })).status;
    assertEquals([await head(LIST), await head(LIST, viewer)], [401, 200]);
    const keys = "/api/v1/system/api-keys";
    assertEquals([await head(keys, viewer), await head(keys, admin), await head("/health")], [403, 200, 200]);
  });
});

Deno.test("the door needs no key where anyone may pass, but its host and origin count there too", async () => {
  await withApp(async (app) => {
    await makeKeys(app);
    const status = async (headers: Readonly<Record<string, string>>) =>
      (await app.call("GET", "/health", { peer: "192.168.1.50", headers })).status;
    assertEquals(await status({ authorization: "Bearer ll_wrong-wrong-wrong" }), 200);
    assertEquals(await status({ origin: "http://evil.example" }), 403);
    assertEquals(await status({ host: "evil.example" }), 403);
    assertEquals(await status({ origin: "null" }), 403);
  });
});
