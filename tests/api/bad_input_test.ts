import { assert, assertEquals } from "@std/assert";
import type { Route } from "../../src/http/route.ts";
import { createRandom, type Random } from "../support/random.ts";
import { type TestApp, withApp } from "../support/app.ts";
import { makeKeys, problemIn } from "./answers.ts";
import { ENTITY_TYPES, makeId, MINIMAL, pathOf } from "./entities.ts";

const LONE = "\ud800";
/** Values that no field wants, or that some field wants and most do not. */
const ODD: readonly unknown[] = [
  null,
  true,
  0,
  -1,
  1e308,
  9007199254740993,
  "",
  "7",
  "true",
  "null",
  LONE,
  `a${LONE}b`,
  "\u0000",
  "a\u0000b",
  "\u001b]0;x\u0007",
  "\u202e",
  "💡".repeat(300),
  "x".repeat(5000),
  [],
  [[]],
  [null],
  ["a", "a"],
  Array.from({ length: 1000 }, (_, n) => n),
  {},
  { a: { b: { c: [] } } },
  { toString: 1, constructor: 2, hasOwnProperty: 3 },
];

/** Texts in place of a whole body, and the status that each must get on every route. */
const BODIES: Readonly<Record<string, readonly [text: string, status: number]>> = {
  "no JSON": ["{name:1}", 400],
  "a cut off body": ['{"name":"x"', 400],
  "two values": ["{} {}", 400],
  "NaN": ['{"name":NaN}', 400],
  "nothing but space": ["   ", 400],
  "an empty body": ["", 422],
  "null": ["null", 422],
  "a number": ["7", 422],
  "a string": ['"name"', 422],
  "a list": ["[]", 422],
  "a list of bodies": ['[{"name":"x"}]', 422],
  "lists 33 deep": ["[".repeat(33) + "]".repeat(33), 422],
  "lists 100,000 deep": ["[".repeat(100_000) + "]".repeat(100_000), 422],
  "objects 5,000 deep": ['{"a":'.repeat(5_000) + "1" + "}".repeat(5_000), 422],
  "a name of 10 MB": [`{"name":"${"x".repeat(10_000_000)}"}`, 413],
  "ten thousand unknown fields": [`{${Array.from({ length: 10_000 }, (_, n) => `"f${n}":1`).join()}}`, 422],
  "a huge list": [`{"tags":[${"1,".repeat(100_000)}1]}`, 422],
  "a __proto__": ['{"name":"x","label":"x","__proto__":{"admin":true}}', 422],
  "a constructor": ['{"name":"x","label":"x","constructor":{"prototype":{"admin":true}}}', 422],
};

/** Everything that a refused call must leave as it is. */
const countsOf = (app: TestApp) =>
  app.rows(`SELECT (SELECT count(*) FROM entity) AS entities, (SELECT total(version) FROM entity) AS versions,
    (SELECT count(*) FROM api_key) AS keys, (SELECT count(*) FROM activity_log) AS entries`);

interface Target {
  readonly route: Route;
  readonly path: string;
}

/** Every route that takes a body, at an entity that exists. */
async function targetsOf(app: TestApp): Promise<readonly Target[]> {
  const ids = new Map<string, string>();
  for (const type of ENTITY_TYPES) ids.set(pathOf(type), await makeId(app, type));
  const targets = app.app.routes.filter(({ body }) => body !== undefined).map((route) => {
    const id = ids.get(route.path.replace("/{id}", "")) ?? "x";
    return { route, path: route.path.replace("{id}", id) };
  });
  // Beside those of the entities: a key, what a light shows, its three parts, what many show, many devices, searching and adopting, adb twice,
  // the log's settings, an export's ticket, backups' settings, a restore, settings of updates, and what a
  // shutdown does.
  assertEquals(targets.length, 2 * ENTITY_TYPES.length + 17);
  return targets;
}

Deno.test("a body that cannot be right is a problem on every route, and changes nothing", async () => {
  await withApp(async (app) => {
    const targets = await targetsOf(app);
    const { admin: token } = await makeKeys(app);
    const before = countsOf(app);
    for (const { route, path } of targets) {
      for (const [what, [text, status]] of Object.entries(BODIES)) {
        if (text === "" && route.bodyOptional) continue; // as good as none
        const answer = await app.call(route.method, path, { text, token });
        const { errors, detail } = await problemIn(answer);
        assertEquals(answer.status, status, `${what} to ${route.method} ${route.path}: ${JSON.stringify(errors)}`);
        assert(status !== 422 || errors.length > 0, `${what} to ${route.method} ${route.path} names nothing`);
        assert(errors.length <= 50 && (detail?.length ?? 0) < 300, `${what}: the answer is too long`);
      }
    }
    assertEquals(countsOf(app), before);
    assertEquals(app.log, []);
    assertEquals(Object.hasOwn(Object.prototype, "admin"), false);
  });
});

Deno.test("only JSON is taken, whatever the type of the body says", async () => {
  await withApp(async (app) => {
    const targets = await targetsOf(app);
    const { admin: token } = await makeKeys(app);
    const before = countsOf(app);
    for (const { route, path } of targets) {
      for (const type of ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", ""]) {
        const headers = { "content-type": type };
        const answer = await app.call(route.method, path, { text: '{"name":"New","label":"new"}', headers, token });
        assertEquals((await problemIn(answer)).status, 415, `${type} to ${route.method} ${route.path}`);
      }
    }
    assertEquals(countsOf(app), before);
  });
});

/** A body that is right but for one to three fields; what is odd for one field may be right for another. */
function spoilt(random: Random, sound: Readonly<Record<string, unknown>>, fields: readonly string[]) {
  const names = Array.from({ length: 1 + random.int(3) }, () => random.pick(fields));
  return { ...sound, ...Object.fromEntries(names.map((name) => [name, random.pick(ODD)])) };
}

for (const type of ENTITY_TYPES) {
  Deno.test(`a ${type} with any odd values is refused by name or sound, never a failure and never half-written`, async () => {
    await withApp(async (app) => {
      const random = createRandom(type.length * 7919 + type.charCodeAt(0));
      const made = await (await app.call("POST", pathOf(type), { json: { ...MINIMAL[type], name: "Made" } })).json();
      const fields = [...Object.keys(made), "webhook_secret", "password", "nonsense", "__proto__"];
      const seen = { refused: 0, taken: 0 };
      for (let n = 0; n < 250; n++) {
        const creating = random.chance(0.5);
        const json = spoilt(random, creating ? { ...MINIMAL[type], name: `Lamp ${n}` } : {}, fields);
        const path = creating ? pathOf(type) : `${pathOf(type)}/${made.id}`;
        const before = countsOf(app);
        const answer = await app.call(creating ? "POST" : "PUT", path, { json });
        const where = `${creating ? "POST" : "PUT"} ${JSON.stringify(json).slice(0, 300)}`;
        if (answer.ok) {
          seen.taken++;
          await assertSound(app, answer, path, creating, where);
        } else {
          seen.refused++;
          const { errors } = await problemIn(answer);
          assert([409, 422].includes(answer.status), `${answer.status} for ${where}`);
          const named = errors.every(({ field }) => fields.some((name) => field.startsWith(name)));
          assert(errors.length > 0 && named, `${JSON.stringify(errors)} for ${where}`);
          assertEquals(countsOf(app), before, where);
        }
      }
      assert(seen.refused > 50 && seen.taken > 5, JSON.stringify(seen));
      assertEquals(app.log, []);
    });
  });
}

/** What was taken is served again as it was answered, in well-formed text. */
async function assertSound(app: TestApp, answer: Response, path: string, creating: boolean, where: string) {
  const text = await answer.text();
  assert(!/\\ud[89a-f]|\\u0000|\\u001b/i.test(text), `${text} for ${where}`);
  const again = await app.call("GET", creating ? answer.headers.get("location") ?? "" : path);
  assertEquals(await again.text(), text, where);
}

Deno.test("a key with any odd values is refused by name, and none is made", async () => {
  await withApp(async (app) => {
    const { admin: token } = await makeKeys(app);
    const before = countsOf(app);
    for (const field of ["label", "role", "expires_at", "nonsense"]) {
      for (
        const value of ODD.filter((odd) => !(field === "label" && ["7", "true", "null"].some((text) => text === odd)))
      ) {
        if (field === "expires_at" && value === null) continue;
        const json = { label: "fresh", [field]: value };
        const { errors, status } = await problemIn(await app.call("POST", "/api/v1/system/api-keys", { json, token }));
        assertEquals([status, errors[0]?.field.startsWith(field)], [422, true], JSON.stringify(json).slice(0, 200));
      }
    }
    assertEquals(countsOf(app), before);
  });
});

Deno.test("a hostile id is a place where nothing is", async () => {
  await withApp(async (app) => {
    const ids = ["%00", "%F0%9F%92%A1", "..%2f..%2fetc", "a".repeat(5000), "%ED%A0%80", "%27%20OR%201=1", "*", "%25"];
    for (const { path, method, body } of app.app.routes.filter((each) => !each.browser && /\{id\}$/.test(each.path))) {
      for (const id of ids) {
        const answer = await app.call(method, path.replace("{id}", id), body === undefined ? {} : { json: {} });
        assertEquals((await problemIn(answer)).status, 404, `${method} ${path} with ${id.slice(0, 20)}`);
      }
    }
    assertEquals(app.log, []);
  });
});
