import { assert } from "@std/assert";
import { ENTITY_TYPES, type EntityTypeName } from "../../src/entities/definition.ts";
import { parseCreate, type Parsed, parseUpdate } from "../../src/entities/input.ts";
import { findReferences } from "../../src/entities/references.ts";
import { ENTITY_DEFINITIONS } from "../../src/entity_types.ts";
import { created, MINIMAL } from "./samples.ts";

type Random = () => number;

/** Mulberry32: the same values on every run. */
function createRandom(seed: number): Random {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

const pick = <T>(random: Random, from: readonly T[]): T | undefined => from[Math.floor(random() * from.length)];

const SCALARS: readonly unknown[] = [
  null,
  true,
  false,
  0,
  -1,
  0.5,
  1e308,
  -0,
  Infinity,
  NaN,
  2 ** 53,
  "",
  " ",
  "x",
  "\u0000",
  "\ud800",
  "\u202e",
  "💡".repeat(300),
  "x".repeat(100_000),
  "-1",
  "#ff8800",
  "http://192.168.0.1",
  "http://user:secret@192.168.0.1",
  "http://[::1",
  "ddp://0x7f.1",
  "static",
  "ffmpeg",
  "push",
  "effect",
  "schedule",
  "* * * * *",
  "dev_00000000000000000000000000",
  "__proto__",
];
const KEYS = [
  "kind",
  "settings",
  "input",
  "options",
  "cron",
  "time_zone",
  "__proto__",
  "constructor",
  "length",
  "0",
  "",
];

function value(random: Random, depth: number, keys: readonly string[]): unknown {
  const roll = random();
  if (depth === 0 || roll < 0.6) return pick(random, SCALARS);
  const length = Math.floor(random() * 4);
  if (roll < 0.8) return Array.from({ length }, () => value(random, depth - 1, keys));
  // Through JSON, so that `__proto__` is a key like any other.
  const members = Array.from({ length }, () => {
    const member = value(random, depth - 1, keys);
    return `${JSON.stringify(pick(random, keys))}:${JSON.stringify(member) ?? "null"}`;
  });
  return JSON.parse(`{${members.join(",")}}`);
}

function assertSound(parsed: Parsed, type: EntityTypeName) {
  if (!parsed.ok) {
    assert(parsed.problems.length > 0);
    const shown = JSON.stringify(parsed.problems);
    assert(shown.length < 50_000 && !shown.includes("user:secret"));
    for (const { field, message } of parsed.problems) assert(field.isWellFormed() && message !== "");
    return;
  }
  const text = JSON.stringify([parsed.common, parsed.fields]);
  // JSON.stringify writes lone surrogates and NUL as escapes.
  assert(!/\\ud[89a-f]|\\u0000/.test(text), text);
  assert(!/"(?:url|input|address)":"[^"]*user:secret/.test(text), text);
  findReferences(ENTITY_DEFINITIONS[type])(parsed.fields);
}

for (const type of ENTITY_TYPES) {
  const definition = ENTITY_DEFINITIONS[type];
  const fieldNames = Object.keys(definition.fields.shape);
  const names = ["name", "description", "tags", ...fieldNames, ...definition.secrets];

  Deno.test(`any JSON in any field of a ${type} is refused or made sound, and never throws`, () => {
    const random = createRandom(7);
    const { common, fields } = created(type);
    for (const name of names) {
      for (const scalar of SCALARS) assertSound(parseCreate(definition, { ...MINIMAL[type], [name]: scalar }), type);
      for (let round = 0; round < 150; round += 1) {
        const body = { ...MINIMAL[type], [name]: value(random, 4, [...KEYS, ...names]) };
        assertSound(parseCreate(definition, body), type);
        assertSound(parseUpdate(definition, { ...common, fields }, body), type);
      }
    }
  });

  Deno.test(`any JSON as the whole body of a ${type} never throws`, () => {
    const random = createRandom(11);
    for (let round = 0; round < 500; round += 1) {
      assertSound(parseCreate(definition, value(random, 5, [...KEYS, ...names])), type);
    }
  });
}

Deno.test("any JSON inside the settings of any kind is refused or made sound", () => {
  const random = createRandom(13);
  for (const type of ["picture_source", "audio_source", "template"] as const) {
    for (const kind of ["test_pattern", "image", "ffmpeg", "adb", "push", "test_tone", "capture", "postprocessing"]) {
      for (const name of ["input", "options", "username", "format", "width", "fps", "address", "crop", "bands"]) {
        for (const scalar of SCALARS) {
          for (const settings of [{ [name]: scalar }, { [name]: [scalar, value(random, 2, KEYS)] }]) {
            assertSound(parseCreate(ENTITY_DEFINITIONS[type], { name: "x", kind, settings }), type);
          }
        }
      }
    }
  }
});

Deno.test("any JSON inside a rule is refused or made sound", () => {
  const random = createRandom(17);
  const kinds = ["time_of_day", "schedule", "device_online", "device_state", "audio_level", "webhook", "startup"];
  for (const kind of kinds) {
    for (const name of ["from", "until", "weekdays", "time_zone", "cron", "hold_seconds", "device_id", "on"]) {
      for (const given of [...SCALARS, value(random, 3, KEYS)]) {
        const rules = [{ kind, cron: "0 0 * * *", [name]: given }, {
          kind,
          from: "07:00",
          until: "08:00",
          [name]: given,
        }];
        for (const rule of rules) {
          assertSound(parseCreate(ENTITY_DEFINITIONS.automation, { name: "x", rules: [rule] }), "automation");
        }
      }
    }
  }
});
