import { assert, assertEquals, assertMatch } from "@std/assert";
import { withApp } from "../support/app.ts";
import { type Body, bodyOf, problemIn, refusal, textOf } from "./answers.ts";
import {
  changesIn,
  ENTITY_TYPES,
  type EntityTypeName,
  get,
  make,
  makeId,
  namesIn,
  pathOf,
  post,
  put,
  remove,
} from "./entities.ts";
import { connect } from "./live.ts";

const without = (body: Body, ...names: readonly string[]): Body =>
  Object.fromEntries(Object.entries(body).filter(([name]) => !names.includes(name)));

for (const type of ENTITY_TYPES) {
  const path = pathOf(type);

  Deno.test(`a ${type} is created from the least there is, read back, listed and deleted`, async () => {
    await withApp(async (app) => {
      const answer = await post(app, type, { name: " Desk\u001b[31m\u202e ", tags: ["home"] });
      const made = await bodyOf(answer, 201);
      const id = textOf(made, "id");
      assertMatch(id, /^[a-z]{3}_[0-9A-HJKMNP-TV-Z]{26}$/);
      assertEquals([made["name"], made["description"], made["tags"]], ["Desk", "", ["home"]]);
      assertEquals([made["created_at"], answer.headers.get("location")], [made["updated_at"], `${path}/${id}`]);
      assertEquals(await bodyOf(await get(app, type, id)), made);
      assertEquals(await bodyOf(await app.call("GET", path)), { items: [made], total: 1 });
      assertEquals([(await remove(app, type, id)).status, (await get(app, type, id)).status], [204, 404]);
      assertEquals((await remove(app, type, id)).status, 404);
      assertEquals(changesIn(app), [["entity.created", type, "Desk"], ["entity.deleted", type, "Desk"]]);
      assertEquals(app.entries().map(({ entity_id, message }) => [entity_id, message]), [
        [id, `${labelOf(type)} 'Desk' created`],
        [id, `${labelOf(type)} 'Desk' deleted`],
      ]);
    });
  });

  Deno.test(`a list of ${type} entities is filtered by tag and by part of the name`, async () => {
    await withApp(async (app) => {
      const tagged = { "Über 100%": ["a", "b"], "uber 100_": ["b"], "Desk": ["A"] };
      for (const [name, tags] of Object.entries(tagged)) await make(app, type, { name, tags });
      const list = async (query: string) => await namesIn(await app.call("GET", `${path}?${query}`));
      assertEquals(await list("tag=b"), ["uber 100_", "Über 100%"]);
      assertEquals([await list("tag=a"), await list("tag=c")], [["Über 100%"], []]);
      assertEquals(await list("q=%25"), ["Über 100%"]);
      assertEquals([await list("q=_"), await list("q=%C3%9CBER")], [["uber 100_"], ["Über 100%"]]);
      assertEquals(await list("q=DES&tag=A"), ["Desk"]);
      assertEquals(await refusal(await app.call("GET", `${path}?name=Desk`)), [422, "name"]);
      assertEquals(await refusal(await app.call("GET", `${path}?tag=`)), [422, "tag"]);
    });
  });

  Deno.test(`a renamed ${type} is recorded once under its new name and announced once`, async () => {
    await withApp(async (app) => {
      const client = await connect(app);
      const made = await make(app, type, { description: "left of the door" });
      const id = textOf(made, "id");
      const changed = await bodyOf(await put(app, type, id, { name: "Shelf" }));
      assertEquals(without(changed, "name", "updated_at"), without(made, "name", "updated_at"));
      assertEquals(changed["name"], "Shelf");
      // Sending back what was answered, or a part of it, changes nothing: no entry and no event.
      for (const body of [changed, {}, { name: " Shelf " }]) {
        assertEquals(await bodyOf(await put(app, type, id, body)), changed);
      }
      assertEquals((await remove(app, type, id)).status, 204);
      assertEquals(changesIn(app), [
        ["entity.created", type, "Desk"],
        ["entity.updated", type, "Shelf"],
        ["entity.deleted", type, "Shelf"],
      ]);
      // Whatever else comes late stands before the event of a change behind it.
      await makeId(app, type, { name: "Last" });
      const all = await client.until(({ entity_id, change }) => entity_id !== id && change === "created");
      const messages = all.slice(0, -2);
      const event = (change: string) => ({ type: "entity_changed", entity_type: type, entity_id: id, change });
      const changes = ["created", "updated", "deleted"];
      assertEquals(messages.filter((message) => message["type"] === "entity_changed"), changes.map(event));
      assertEquals(messages.filter((message) => message["type"] === "activity_logged").length, 3);
      client.close();
    });
  });

  Deno.test(`a ${type} that changed meanwhile is not changed or deleted over If-Match`, async () => {
    await withApp(async (app) => {
      const answer = await post(app, type);
      const id = textOf(await bodyOf(answer, 201), "id");
      const first = answer.headers.get("etag") ?? "";
      const second = (await put(app, type, id, { name: "Shelf" }, first)).headers.get("etag") ?? "";
      assert(first !== second && first !== "" && (await get(app, type, id)).headers.get("etag") === second);
      for (const stale of [first, '"0"', "nonsense", `W/${second}`, ""]) {
        assertEquals((await problemIn(await put(app, type, id, { name: "Lamp" }, stale))).status, 412, stale);
        assertEquals((await remove(app, type, id, stale)).status, 412, stale);
      }
      assertEquals((await put(app, type, id, { name: "Lamp" }, `"0", ${second}`)).status, 200);
      assertEquals((await remove(app, type, id, "*")).status, 204);
      assertEquals(changesIn(app).length, 4);
    });
  });

  Deno.test(`a ${type} takes no field that it does not have, and ignores what the server writes`, async () => {
    await withApp(async (app) => {
      assertEquals(await refusal(await post(app, type, { colour: 1, "a b": 2 })), [422, "colour", "a b"]);
      const served = { id: "x", created_at: 1, updated_at: null, ...statusOf(type) };
      const made = await make(app, type, served);
      const id = textOf(made, "id");
      assert(id !== "x" && made["created_at"] !== 1);
      assertEquals(await refusal(await put(app, type, id, { __proto__x: 1 })), [422, "__proto__x"]);
      assertEquals(await bodyOf(await put(app, type, id, served)), made);
      for (const [field, value] of Object.entries(statusOf(type))) assert(made[field] !== value, field);
      assertEquals(changesIn(app).length, 1);
    });
  });

  Deno.test(`two ${type} entities never have one name, also when twenty are made at the same time`, async () => {
    await withApp(async (app) => {
      const answers = await Promise.all(Array.from({ length: 20 }, () => post(app, type)));
      assertEquals(answers.map(({ status }) => status).toSorted(), [201, ...Array<number>(19).fill(409)]);
      for (const answer of answers.filter(({ status }) => status === 409)) {
        assertEquals(await refusal(answer), [409, "name"]);
      }
      const other = await makeId(app, type, { name: "Shelf" });
      assertEquals(await refusal(await put(app, type, other, { name: "Desk" })), [409, "name"]);
      assertEquals((await put(app, type, other, { name: "desk" })).status, 200);
      assertEquals(changesIn(app).length, 3);
    });
  });
}

const labelOf = (type: EntityTypeName) => (type.charAt(0).toUpperCase() + type.slice(1)).replaceAll("_", " ");

/** Read-only fields with values that nothing has. */
function statusOf(type: EntityTypeName): Body {
  if (type === "device") return { online: true, latency_ms: 7, last_seen_at: "2026-01-01T00:00:00.000Z" };
  if (type === "output_target") return { state: "running" };
  return type === "automation" ? { active: true, has_webhook_secret: true } : {};
}

Deno.test("a name that another type uses is free", async () => {
  await withApp(async (app) => {
    for (const type of ENTITY_TYPES) await make(app, type);
    assertEquals(changesIn(app).length, ENTITY_TYPES.length);
  });
});
