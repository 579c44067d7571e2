import { assert, assertEquals } from "@std/assert";
import { type Body, bodyOf, refusal } from "../api/answers.ts";
import { anId } from "../entities/samples.ts";
import { BEN, type Home, withHome } from "./home.ts";

const BULK = "/api/v1/devices/bulk-edit";

interface Edited {
  readonly id: string;
  readonly name: string | null;
  readonly ok: boolean;
  readonly changed?: boolean;
  readonly error?: { readonly code: string; readonly issues?: readonly { readonly field: string }[] };
}

async function edit(home: Home, json: Body, token?: string) {
  const options = token === undefined ? { json } : { json, token };
  const body = await bodyOf(await home.call("POST", BULK, options));
  // What the answer is held against everywhere below.
  return body as unknown as { readonly items: readonly Edited[]; readonly succeeded: number; readonly failed: number };
}

const addMany = async (home: Home, count: number, body: Body = {}) => {
  const ids: string[] = [];
  for (let number = 0; number < count; number++) ids.push(await home.add({ name: `Light ${number}`, ...body }));
  return ids;
};

const updates = (home: Home) =>
  home.app.entries().filter(({ action }) => action === "entity.updated").map(({ actor, entity_id }) =>
    `${actor} ${entity_id}`
  );

Deno.test("three hundred controllers are changed by one request, each with its entry, and a second time none is", async () => {
  await withHome(async (home) => {
    const ids = await addMany(home, 300, { tags: ["attic"] });
    const wanted = { ids, fields: { rgb_order: "GRB", description: "By the window" }, add_tags: ["shelf"] };
    const first = await edit(home, wanted);
    assertEquals([first.succeeded, first.failed], [300, 0]);
    assertEquals(first.items.map(({ id, changed }) => [id, changed]), ids.map((id) => [id, true]));
    assertEquals(updates(home).toSorted(), ids.map((id) => `anna ${id}`).toSorted());
    const { rgb_order, description, tags, led_count } = await home.device(ids[299]!);
    assertEquals([rgb_order, description, tags, led_count], ["grb", "By the window", ["attic", "shelf"], 30]);
    const second = await edit(home, wanted);
    assertEquals([second.succeeded, second.items.some(({ changed }) => changed)], [300, false]);
    assertEquals(updates(home).length, 300);
  }, { started: false });
});

Deno.test("what cannot be done with one device is said of that one, and done with the others", async () => {
  await withHome(async (home) => {
    const strip = await home.add();
    const sacn = await home.add({ name: "sACN", device_type: "sacn", url: "sacn://127.0.0.1" });
    const tags = Array.from({ length: 32 }, (_, n) => `t${n}`);
    const full = await home.add({ name: "Full", tags });
    const gradient = await bodyOf(await home.call("POST", "/api/v1/gradients", { json: { name: "Dawn" } }), 201);
    const ids = [sacn, strip, anId("dev"), String(gradient["id"]), full];
    const { items, succeeded, failed } = await edit(home, { ids, fields: { universe: 0 }, add_tags: ["t0", "new"] });
    assertEquals(
      items.map(({ name, ok, error }) => [name, ok, error?.code, error?.issues?.map(({ field }) => field)]),
      [
        ["sACN", false, "invalid", ["universe"]],
        ["Shelf", true, undefined, undefined],
        [null, false, "not_found", undefined],
        [null, false, "not_found", undefined],
        ["Full", false, "invalid", ["tags"]],
      ],
    );
    assertEquals([succeeded, failed], [1, 4]);
    assertEquals(updates(home), [`anna ${strip}`]);
    assertEquals((await home.device(full))["tags"], tags);
    assertEquals((await home.device(sacn))["universe"], 1);
  }, { started: false });
});

Deno.test("tags are added and removed against what each device has", async () => {
  await withHome(async (home) => {
    const [a, b, c] = await Promise.all([
      home.add({ name: "A", tags: ["x", "y"] }),
      home.add({ name: "B", tags: ["z", "x"] }),
      home.add({ name: "C", tags: ["new"] }),
    ]);
    const ids = [a, b, c];
    const { items } = await edit(home, { ids, add_tags: ["new"], remove_tags: ["x", "nobody has this"] });
    assertEquals(items.map(({ changed }) => changed), [true, true, false]);
    const tagsOf = () => Promise.all(ids.map(async (id) => (await home.device(id))["tags"]));
    assertEquals(await tagsOf(), [["y", "new"], ["z", "new"], ["new"]]);
    await edit(home, { ids, fields: { tags: ["p"] }, add_tags: ["q"] });
    assertEquals(await tagsOf(), [["p", "q"], ["p", "q"], ["p", "q"]]);
    await edit(home, { ids, fields: { tags: [] } });
    assertEquals(await tagsOf(), [[], [], []]);
  }, { started: false });
});

Deno.test("two people who edit the same devices at the same time lose nothing of each other's", async () => {
  await withHome(async (home) => {
    const ids = await addMany(home, 20);
    const added = ["one", "two", "three", "four"];
    const answers = await Promise.all([
      ...added.map((tag, number) => edit(home, { ids, add_tags: [tag] }, number % 2 === 0 ? BEN : undefined)),
      edit(home, { ids, fields: { priority: 7 } }),
    ]);
    for (const { items, failed } of answers) {
      assertEquals([failed, items.every(({ changed }) => changed)], [0, true]);
    }
    for (const id of ids) {
      const { tags, priority } = await home.device(id);
      assertEquals([(tags as readonly string[]).toSorted(), priority], [added.toSorted(), 7]);
    }
    const each = ids.flatMap((id) => [`anna ${id}`, `anna ${id}`, `anna ${id}`, `ben ${id}`, `ben ${id}`]);
    assertEquals(updates(home).toSorted(), each.toSorted());
  }, { started: false });
});

Deno.test("an edit that cannot be right for any device is refused as a whole", async () => {
  await withHome(async (home) => {
    const id = await home.add();
    const ids = [id];
    const bad: readonly (readonly [Body, string])[] = [
      [{ ids }, ""],
      [{ ids, fields: {} }, ""],
      [{ ids, add_tags: [], remove_tags: [] }, ""],
      [{ add_tags: ["a"] }, "ids"],
      [{ ids: [], add_tags: ["a"] }, "ids"],
      [{ ids: [id, id], add_tags: ["a"] }, "ids[1]"],
      [{ ids: Array.from({ length: 501 }, (_, n) => `dev_${n}`), add_tags: ["a"] }, "ids"],
      [{ ids, fields: { name: "All the same" } }, "fields.name"],
      [{ ids, fields: { url: "http://127.0.0.1" } }, "fields.url"],
      [{ ids, fields: { device_type: "ddp" } }, "fields.device_type"],
      [{ ids, fields: { online: true } }, "fields.online"],
      [{ ids, fields: { rgb_order: "xyz" } }, "fields.rgb_order"],
      [{ ids, fields: { led_count: 0 } }, "fields.led_count"],
      [{ ids, fields: { enabled: null } }, "fields.enabled"],
      [{ ids, fields: [] }, "fields"],
      [{ ids, add_tags: ["a", "a"] }, "add_tags[1]"],
      [{ ids, add_tags: [""] }, "add_tags[0]"],
      [{ ids, add_tags: ["a"], remove_tags: ["a"] }, "remove_tags"],
      [{ ids, add_tags: ["a"], nonsense: 1 }, "nonsense"],
    ];
    for (const [json, field] of bad) {
      const where = JSON.stringify(json).slice(0, 100);
      const [status, ...fields] = await refusal(await home.call("POST", BULK, { json }));
      assertEquals(status, 422, where);
      assert(fields.includes(field), `${fields} for ${where}`);
    }
    assertEquals(updates(home), []);
  }, { started: false });
});
