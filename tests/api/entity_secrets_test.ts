import { assert, assertEquals } from "@std/assert";
import { type TestApp, withApp } from "../support/app.ts";
import { type Body, bodyOf, refusal, textOf } from "./answers.ts";
import { changesIn, type EntityTypeName, get, make, pathOf, post, put, remove } from "./entities.ts";

const SECRET = "hunter2-hunter2-hunter2";
const SECRETS: readonly (readonly [EntityTypeName, name: string])[] = [
  ["automation", "webhook_secret"],
  ["picture_source", "password"],
  ["audio_source", "password"],
];

/** Fails when the secret can be seen anywhere outside the table of entities. */
function assertUnseen(app: TestApp, answers: readonly string[]) {
  const seen = JSON.stringify([answers, app.entries(), app.log]);
  assert(!seen.includes("hunter2"), `the secret is shown: ${seen}`);
}

for (const [type, name] of SECRETS) {
  Deno.test(`${name} of a ${type} is written, kept, replaced and removed, and never shown`, async () => {
    await withApp(async (app) => {
      const answers: string[] = [];
      const has = async (answer: Response, status = 200) => {
        const body = await bodyOf(answer, status);
        answers.push(JSON.stringify(body));
        assertEquals(Object.hasOwn(body, name), false);
        return body[`has_${name}`];
      };
      const id = textOf(await make(app, type, { name: "Plain" }), "id");
      assertEquals(await has(await get(app, type, id)), false);
      assertEquals(await has(await post(app, type, { name: "Born", [name]: SECRET }), 201), true);
      assertEquals(await has(await put(app, type, id, { [name]: SECRET })), true);
      const entries = app.entries().length;
      // Left out is unchanged, and the same value again is no change.
      assertEquals(await has(await put(app, type, id, { [name]: SECRET, [`has_${name}`]: false })), true);
      assertEquals(app.entries().length, entries);
      assertEquals(await has(await put(app, type, id, { name: "Renamed" })), true);
      assertEquals(stored(app, id), { [name]: SECRET });
      assertEquals(await has(await put(app, type, id, { [name]: `${SECRET}!` })), true);
      assertEquals(stored(app, id), { [name]: `${SECRET}!` });
      answers.push(await (await app.call("GET", pathOf(type))).text());
      assertEquals(await has(await put(app, type, id, { [name]: null })), false);
      assertEquals(stored(app, id), {});
      await put(app, type, id, { [name]: SECRET });
      assertEquals((await remove(app, type, id)).status, 204);
      assertEquals(changesIn(app).length, 2 + 1 + 1 + 1 + 1 + 1 + 1);
      assertUnseen(app, answers);
    });
  });

  Deno.test(`a wrong ${name} of a ${type} is named and not quoted`, async () => {
    await withApp(async (app) => {
      const wrong = ["", 5, {}, ["hunter2"], "hunter2\u0000", "hunter2\ud800", "hunter2".repeat(200), "hunter2\u202e"];
      const answers: string[] = [];
      for (const value of wrong) {
        const answer = await post(app, type, { [name]: value });
        answers.push(await answer.clone().text());
        assertEquals(await refusal(answer), [422, name], JSON.stringify(value).slice(0, 40));
      }
      const elsewhere = await post(app, type, {
        [name]: SECRET,
        nonsense: SECRET,
        tags: [SECRET, SECRET],
        enabled: SECRET,
      });
      answers.push(await elsewhere.text());
      const broken = await app.call("POST", pathOf(type), { text: `{"${name}":"${SECRET}"` });
      answers.push(await broken.text());
      assertEquals([elsewhere.status, broken.status], [422, 400]);
      assertUnseen(app, answers);
    });
  });
}

/** The secrets that the table holds; nothing else can tell that they were written. */
function stored(app: TestApp, id: string): Body {
  const [row] = app.rows<{ secrets: string }>(`SELECT secrets FROM entity WHERE id = '${id}'`);
  return JSON.parse(row?.secrets ?? "null");
}
