import { assert, assertEquals } from "@std/assert";
import { compareVersions, isVersion } from "../../src/updates/versions.ts";

/** Each comes after the one before it: the order of semver.org, and numbers that are no texts. */
const IN_ORDER = [
  "0.0.1",
  "0.9.10",
  "0.10.9",
  "1.0.0-0",
  "1.0.0-2",
  "1.0.0-10",
  "1.0.0--",
  "1.0.0-alpha",
  "1.0.0-alpha.1",
  "1.0.0-alpha.beta",
  "1.0.0-beta",
  "1.0.0-beta.2",
  "1.0.0-beta.11",
  "1.0.0-rc.1",
  "1.0.0",
  "1.0.1",
  "1.2.0",
  "1.10.0",
  "10.0.0",
];

Deno.test("versions are compared by Semantic Versioning's precedence, each with each", () => {
  for (const [i, a] of IN_ORDER.entries()) {
    for (const [j, b] of IN_ORDER.entries()) {
      assertEquals(Math.sign(compareVersions(a, b)), Math.sign(i - j), `${a} ${b}`);
    }
  }
});

Deno.test("the build that a version tells of does not count", () => {
  assertEquals(compareVersions("1.0.0+one", "1.0.0+two"), 0);
  assertEquals(Math.sign(compareVersions("1.0.0-rc.1+z", "1.0.0+a")), -1);
});

Deno.test("what is no version is told from one, and comes before each", () => {
  const wrong = [
    "",
    "1",
    "1.0",
    "v1.0.0",
    "01.0.0",
    "1.0.0-",
    "1.0.0-01",
    "1.0.0-a..b",
    "1.0.0 ",
    "1.0.0\n",
    "1.0.0-ä",
  ];
  for (const text of wrong) {
    assert(!isVersion(text), JSON.stringify(text));
    assert(compareVersions(text, "0.0.0-0") < 0);
  }
  for (const text of IN_ORDER) assert(isVersion(text), text);
});
