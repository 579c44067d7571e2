import type { EntityForm } from "../../../src/ui/library/form/entity_form.ts";
import { type Field, type Shape, shapeBeside, type Values } from "../../../src/ui/library/form/shapes.ts";
import { ENTITY_DEFINITIONS } from "../../../src/entity_types.ts";
import type { Random } from "../../support/random.ts";

/** What has a form of its own that no schema tells. */
const TEXTS: Readonly<Record<string, readonly string[]>> = {
  name: ["Shelf", "<b>bold</b>", "שלום", "💡💡💡"],
  time_zone: ["Europe/Berlin", "UTC"],
  cron: ["0 7 * * mon-fri", "*/5 * * * *"],
  input: ["/srv/picture.png"],
  address: ["192.168.0.7:5555"],
  url: ["http://192.168.0.7"],
  rgb_order: ["grb"],
  ssh_user: ["admin"],
  ssh_identity: ["/srv/key"],
};

/** Something that a person could have filled in. Fields are left out at times, so that their defaults are met too. */
export const randomDraft = (form: EntityForm, random: Random): Values => {
  const { device_type = undefined, ...draft } = randomFields(form.fields, random, 1);
  return device_type === undefined ? draft : { ...draft, device_type: "wled", url: "http://192.168.0.7" };
};

function randomFields(fields: readonly Field[], random: Random, presence: number): Values {
  const values: Record<string, unknown> = {};
  for (const { name, shape, start } of fields) {
    // A choice that others depend on is always there.
    if (start !== undefined && name !== "kind" && !random.chance(presence * 0.8)) continue;
    values[name] = randomValue(name, shapeBeside(shape, values), random);
  }
  return values;
}

function randomValue(name: string, shape: Shape, random: Random): unknown {
  if ("nullable" in shape && shape.nullable && random.chance(0.3)) return null;
  switch (shape.control) {
    case "text":
      return random.pick(TEXTS[name] ?? ["a text"]);
    case "time":
      return `0${random.int(10)}:${10 + random.int(50)}`;
    case "color":
      return `#${random.int(0x1000000).toString(16).padStart(6, "0")}`;
    case "number":
      return randomNumber(shape.least ?? 0, shape.most ?? 100, shape.whole, random);
    case "share":
      return random.next();
    case "flag":
      return random.chance(0.5);
    case "choice":
      return random.pick(shape.options);
    case "choices":
      return shape.options.filter((_, index) => index === 0 || random.chance(0.5));
    case "reference":
      return `${ENTITY_DEFINITIONS[shape.type].prefix}_${random.int(10).toString().repeat(26)}`;
    case "words":
      return random.some(["stage", "a b", "<i>"], 0.5);
    case "list":
      return name === "options"
        ? random.pick([[], ["-re"], ["-framerate", "30"]])
        : Array.from({ length: shape.least + random.int(2) }, () => randomValue("", shape.item, random));
    case "group":
      return randomFields(shape.fields, random, 1);
    case "variants": {
      const { name: kind, fields } = random.pick(shape.variants);
      return { [shape.by]: kind, ...randomFields(fields, random, 1) };
    }
    case "secret":
      return "a secret";
    case "json":
      return null;
  }
}

function randomNumber(least: number, most: number, whole: boolean, random: Random): number {
  const value = least + random.next() * (most - least);
  return whole ? Math.floor(value) : value;
}
