import { assertEquals } from "@std/assert";
import { VERSION } from "../../src/version.ts";
import type { ServerControl } from "../../src/base/server_control.ts";
import { makeKeys, problemIn } from "../api/answers.ts";
import { type TestApp, withApp } from "../support/app.ts";

/** The process around the server: remembers how it was told to end. */
function processAround() {
  const told: ("stop" | "restart")[] = [];
  const control: ServerControl = {
    restarts: "parent",
    get ending() {
      return told[0] ?? null;
    },
    end: (how) => void told.push(how),
    alone: () => Promise.reject(new Error("nobody asks for this here")),
  };
  return { told, control };
}

const actions = (app: TestApp) => app.entries().map(({ action, actor }) => `${action} by ${actor}`);

Deno.test("the server tells which one it is", async () => {
  const { control } = processAround();
  await withApp(async (app) => {
    const { started_at, ...rest } = await (await app.call("GET", "/api/v1/system")).json();
    assertEquals(rest, { version: VERSION, runtime: "tests", restarts: "parent", database: "file" });
    assertEquals(Math.abs(Date.now() - Date.parse(started_at)) < 60_000, true, started_at);
  }, { control });
});

for (const [path, how, action] of [["restart", "restart", "restarting"], ["shutdown", "stop", "shutdown_requested"]]) {
  Deno.test(`a ${path} is on record with who asked for it before it is answered, and is asked for once`, async () => {
    const { told, control } = processAround();
    await withApp(async (app) => {
      const { admin: token } = await makeKeys(app);
      const answer = await app.call("POST", `/api/v1/system/${path}`, { token });
      assertEquals([answer.status, await answer.json()], [202, { ending: how }]);
      assertEquals(actions(app).at(-1), `server.${action} by ${actorOf(app)}`);
      assertEquals(told, [how]);
      for (const again of ["restart", "shutdown"]) {
        const refused = await app.call("POST", `/api/v1/system/${again}`, { token });
        assertEquals((await problemIn(refused)).status, 409);
      }
      assertEquals(told, [how]);
      assertEquals(actions(app).filter((text) => text.startsWith("server.")).length, 1);
    }, { control });
  });

  Deno.test(`a ${path} is for admins only`, async () => {
    const { told, control } = processAround();
    await withApp(async (app) => {
      const { operator, viewer } = await makeKeys(app);
      for (const token of [operator, viewer]) {
        assertEquals((await app.call("POST", `/api/v1/system/${path}`, { token })).status, 403);
      }
      assertEquals((await app.call("POST", `/api/v1/system/${path}`)).status, 401);
      assertEquals(told, []);
      assertEquals(app.entries().filter(({ action }) => action.startsWith("server.")), []);
    }, { control });
  });
}

/** The label of the admin's key. */
const actorOf = (app: TestApp) =>
  app.entries().find(({ action, metadata }) => action === "auth.key_created" && metadata["role"] === "admin")
    ?.metadata["key_label"];
