import { assert, assertEquals } from "@std/assert";
import { anId } from "../entities/samples.ts";
import { withApp } from "../support/app.ts";
import { type Body, bodyOf, problemIn, refusal } from "./answers.ts";
import { changesIn, type EntityTypeName, get, makeId, pathOf, post, put, remove } from "./entities.ts";

interface Use {
  readonly user: EntityTypeName;
  readonly field: string;
  readonly used: EntityTypeName;
  readonly prefix: string;
  readonly body: (id: string) => Body;
}

const plain = (user: EntityTypeName, field: string, used: EntityTypeName, prefix: string): Use => ({
  user,
  field,
  used,
  prefix,
  body: (id) => ({ [field]: id }),
});

/** Every field of the contract's section 8 that refers to another entity. */
const USES: readonly Use[] = [
  plain("output_target", "device_id", "device", "dev"),
  plain("output_target", "color_strip_source_id", "color_strip_source", "css"),
  plain("output_target", "template_id", "template", "tpl"),
  plain("color_strip_source", "gradient_id", "gradient", "grd"),
  plain("color_strip_source", "picture_source_id", "picture_source", "pic"),
  plain("color_strip_source", "audio_source_id", "audio_source", "aud"),
  plain("color_strip_source", "sync_clock_id", "sync_clock", "clk"),
  plain("automation", "scene_preset_id", "scene_preset", "scn"),
  {
    user: "scene_preset",
    field: "targets[1].output_target_id",
    used: "output_target",
    prefix: "tgt",
    body: (id) => ({ targets: [{ output_target_id: null }, { output_target_id: id }] }),
  },
  {
    user: "scene_preset",
    field: "targets[0].color_strip_source_id",
    used: "color_strip_source",
    prefix: "css",
    body: (id) => ({ targets: [{ output_target_id: null, color_strip_source_id: id }] }),
  },
  {
    user: "scene_playlist",
    field: "items[0].scene_preset_id",
    used: "scene_preset",
    prefix: "scn",
    body: (id) => ({ items: [{ scene_preset_id: id }, { scene_preset_id: id }] }),
  },
  {
    user: "automation",
    field: "rules[1].device_id",
    used: "device",
    prefix: "dev",
    body: (id) => ({ rules: [{ kind: "startup" }, { kind: "device_online", device_id: id }] }),
  },
  {
    user: "automation",
    field: "rules[0].audio_source_id",
    used: "audio_source",
    prefix: "aud",
    body: (id) => ({ rules: [{ kind: "audio_level", audio_source_id: id }] }),
  },
];

for (const { user, field, used, prefix, body } of USES) {
  Deno.test(`${field} of a ${user} must be a ${used} that exists, which then cannot be deleted`, async () => {
    await withApp(async (app) => {
      const id = await makeId(app, used, { name: "Used" });
      const gone = await makeId(app, used, { name: "Gone" });
      assertEquals((await remove(app, used, gone)).status, 204);
      const otherType = await makeId(app, used === "template" ? "gradient" : "template");
      const entries = app.entries().length;
      for (const dead of [anId(prefix), gone, otherType]) {
        const [status, first] = await refusal(await post(app, user, body(dead)));
        assertEquals([status, first], [422, field], `created with ${dead}`);
      }
      for (const malformed of ["", "nonsense", 7, {}, id.toLowerCase()]) {
        // What is no string cannot be an id either: the schema has to say so.
        const sent = body(malformed as string);
        assertEquals((await refusal(await post(app, user, sent)))[1], field, `created with ${malformed}`);
      }
      assertEquals([app.entries().length, (await bodyOf(await app.call("GET", pathOf(user))))["total"]], [entries, 0]);

      const userId = await makeId(app, user, { name: "User", ...body(id) });
      assertEquals((await refusal(await put(app, user, userId, body(gone))))[1], field);
      const problem = await problemIn(await remove(app, used, id));
      assertEquals([problem.status, problem.type], [409, "urn:lumenlog:problem:in_use"]);
      assertEquals(problem.users, [{ id: userId, type: user, name: "User" }]);
      assert(problem.detail?.includes("'User'"), problem.detail);
      assertEquals((await get(app, used, id)).status, 200);

      assertEquals((await remove(app, user, userId)).status, 204);
      assertEquals((await remove(app, used, id)).status, 204);
      assertEquals(changesIn(app).at(-1), ["entity.deleted", used, "Used"]);
    });
  });
}

Deno.test("a use that an update takes away no longer holds anything", async () => {
  await withApp(async (app) => {
    const device = await makeId(app, "device");
    const target = await makeId(app, "output_target", { device_id: device });
    assertEquals((await remove(app, "device", device)).status, 409);
    assertEquals((await put(app, "output_target", target, { device_id: null })).status, 200);
    assertEquals((await remove(app, "device", device)).status, 204);
  });
});

Deno.test("who deletes what another begins to use at the same time: one of both is refused", async () => {
  await withApp(async (app) => {
    for (let n = 0; n < 20; n++) {
      const device = await makeId(app, "device", { name: `Lamp ${n}` });
      const calls = [
        () => post(app, "output_target", { name: `Target ${n}`, device_id: device }),
        () => remove(app, "device", device),
      ];
      const order = n % 2 === 0 ? calls : calls.toReversed();
      const statuses = (await Promise.all(order.map((call) => call()))).map(({ status }) => status).toSorted();
      assert([[201, 409], [204, 422]].some((pair) => pair.join() === statuses.join()), statuses.join());
    }
    const dangling = "SELECT 1 FROM entity_reference WHERE to_id NOT IN (SELECT id FROM entity)";
    assertEquals(app.rows(dangling), []);
  });
});

Deno.test("the answer names fifty users at most, and all of them count", async () => {
  await withApp(async (app) => {
    const device = await makeId(app, "device");
    const names = Array.from({ length: 60 }, (_, n) => `Target ${n}`);
    await Promise.all(names.map((name) => makeId(app, "output_target", { name, device_id: device })));
    const { users = [], detail } = await problemIn(await remove(app, "device", device));
    assertEquals([users.length, detail?.split("output_target '").length], [50, 6]);
  });
});
