import { assert, assertEquals } from "@std/assert";
import { ENTITY_TYPES } from "../../../src/entities/definition.ts";
import { parseCreate, parseUpdate } from "../../../src/entities/input.ts";
import { ENTITY_DEFINITIONS } from "../../../src/entity_types.ts";
import { bodyOf, changesOf, draftOf, newDraft } from "../../../src/ui/library/form/body.ts";
import type { Field, Shape } from "../../../src/ui/library/form/shapes.ts";
import { createRandom } from "../../support/random.ts";
import { MINIMAL } from "../../entities/samples.ts";
import { description, formOf } from "./forms.ts";
import { randomDraft } from "./random_draft.ts";

const api = await description();

const fieldsIn = (fields: readonly Field[]): readonly Field[] =>
  fields.flatMap((field) => [field, ...fieldsIn(inner(field.shape))]);

function inner(shape: Shape): readonly Field[] {
  if (shape.control === "group") return shape.fields;
  if (shape.control === "variants") return shape.variants.flatMap(({ fields }) => fields);
  return shape.control === "list" ? inner(shape.item) : [];
}

const shapeOf = (type: Parameters<typeof formOf>[1], name: string) =>
  formOf(api, type).fields.find((field) => field.name === name)?.shape;

for (const type of ENTITY_TYPES) {
  const form = formOf(api, type);
  const definition = ENTITY_DEFINITIONS[type];

  Deno.test(`every field of a ${type} has a control of its own and words for a label`, () => {
    const all = fieldsIn(form.fields);
    assertEquals(form.fields[0]?.name, "name");
    assertEquals(all.filter(({ shape }) => shape.control === "json").map(({ name }) => name), []);
    for (const { label } of all) assert(/^\p{Lu}/u.test(label) && !label.includes("_"), label);
    const written = [...Object.keys(definition.fields.shape), ...definition.secrets, "name", "description", "tags"];
    assertEquals(form.fields.map(({ name }) => name).toSorted(), written.toSorted());
  });

  Deno.test(`what the server alone writes of a ${type} is told and not edited`, () => {
    const told = form.status.filter((name) => !Object.hasOwn(definition.status, name));
    assertEquals(told, []);
  });

  Deno.test(`a new ${type} with no more than a name is what the API makes of the least body`, () => {
    const body = { ...bodyOf(form, newDraft(form)), ...MINIMAL[type] };
    const made = parseCreate(definition, body);
    assert(made.ok, JSON.stringify(made));
    assertEquals(made, parseCreate(definition, MINIMAL[type]));
  });

  Deno.test(`whatever is filled in for a ${type} arrives, and comes back unchanged when it is looked at`, () => {
    const random = createRandom(5);
    let taken = 0;
    for (let round = 0; round < 200; round++) {
      const draft = randomDraft(form, random);
      const made = parseCreate(definition, bodyOf(form, draft));
      if (!made.ok) continue; // a rule across fields, such as one minimum above its maximum
      taken++;
      const answered = { ...made.common, ...made.fields };
      const seen = draftOf(form, answered);
      assertEquals(changesOf(form, seen, seen), {});
      assertEquals(bodyOf(form, seen), answered);
      const again = parseUpdate(definition, { ...made.common, fields: made.fields }, bodyOf(form, seen));
      assert(again.ok);
      assertEquals([again.common, again.fields], [made.common, made.fields]);
    }
    assert(taken > 50, `only ${taken} of 200 were taken`);
  });
}

Deno.test("colours, times, weekdays, shares and references are edited as such", () => {
  assertEquals(shapeOf("color_strip_source", "color"), { control: "color" });
  assertEquals(shapeOf("output_target", "brightness"), { control: "share" });
  assertEquals(shapeOf("output_target", "device_id"), { control: "reference", type: "device", nullable: true });
  assertEquals(shapeOf("automation", "webhook_secret"), { control: "secret" });
  assertEquals(shapeOf("gradient", "tags"), { control: "words" });
  const rules = shapeOf("automation", "rules");
  assert(rules?.control === "list" && rules.item.control === "variants" && rules.item.inside);
  const timeOfDay = rules.item.variants.find(({ name }) => name === "time_of_day")?.fields ?? [];
  assertEquals(timeOfDay.map(({ shape }) => shape.control), ["time", "time", "choices", "text"]);
});

Deno.test("settings of another kind are kept while one looks around, and are not sent", () => {
  const form = formOf(api, "picture_source");
  const draft = { name: "Screen", kind: "image", settings: { input: "/a.png", width: 10, pattern: "solid" } };
  assertEquals(bodyOf(form, draft)["settings"], { input: "/a.png", width: 10 });
  assertEquals(bodyOf(form, { ...draft, kind: "test_pattern" })["settings"], { width: 10, pattern: "solid" });
});

Deno.test("only what was changed is sent", () => {
  const form = formOf(api, "gradient");
  const base = { name: "Sunset", description: "", tags: [], interpolation: "linear" };
  assertEquals(changesOf(form, base, { ...base, name: "Dawn" }), { name: "Dawn" });
  assertEquals(changesOf(form, base, { ...base }), {});
});

Deno.test("a secret is sent only when it was written or removed", () => {
  const form = formOf(api, "automation");
  const base = draftOf(form, { name: "Door", has_webhook_secret: true });
  assertEquals(changesOf(form, base, base), {});
  assertEquals(changesOf(form, base, { ...base, webhook_secret: null }), { webhook_secret: null });
  assertEquals(changesOf(form, base, { ...base, webhook_secret: undefined }), {});
});
