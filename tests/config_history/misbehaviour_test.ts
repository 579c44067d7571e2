import { assertEquals } from "@std/assert";
import type { ServerResponse } from "node:http";
import { problemIn } from "../api/answers.ts";
import { snapshotIn, withHouse } from "./house.ts";
import { SOME_CFG, startStubGear } from "./stub_gear.ts";

type Treat = (response: ServerResponse, answer: () => void) => void;

const endless: Treat = (response) => {
  const more = () => {
    while (!response.destroyed && response.write("[".repeat(10_000)));
    response.once("drain", more);
  };
  more();
};

/** What a device may do instead of answering, with the status that tells of it. */
const BAD: Readonly<Record<string, readonly [status: number, words: string, treat: Treat]>> = {
  "hangs": [504, "no answer in time", () => {}],
  "begins and hangs": [504, "no answer in time", (response) => void response.write('{"hw":')],
  "answers without end": [502, "its answer is too long", endless],
  "answers 10 MB": [502, "its answer is too long", (response) => void response.end(`"${"x".repeat(10_000_000)}"`)],
  "answers a page": [502, "its answer is not JSON", (response) => void response.end("<html>Sign in</html>")],
  "answers other JSON": [
    502,
    "its answer is not the configuration of a WLED controller",
    (response) => void response.end('{"state":"on"}'),
  ],
  "answers a list": [
    502,
    "its answer is not the configuration of a WLED controller",
    (response) => void response.end("[1]"),
  ],
  "nests without end": [
    502,
    "its configuration nests too deeply",
    (response) => void response.end(`{"hw":${"[".repeat(100_000)}${"]".repeat(100_000)}}`),
  ],
  "is locked": [502, "it answers with an error", (response) => void response.writeHead(401).end("{}")],
  "sends elsewhere": [
    502,
    "it answers with a redirect",
    (response) => void response.writeHead(302, { location: "http://127.0.0.1/cfg.json" }).end(),
  ],
  "breaks off": [502, "no connection", (response) => void response.destroy()],
};

for (const [what, [status, words, treat]] of Object.entries(BAD)) {
  Deno.test(`a controller that ${what} is told of, nothing is stored, and others are backed up meanwhile`, async () => {
    await using bad = await startStubGear();
    await using good = await startStubGear();
    bad.treat = (path, answer, response) => path === "/cfg.json" ? treat(response, answer) : answer();
    await withHouse(async ({ app, add, backUp, history }) => {
      const [id, other] = [await add({ url: bad.url }), await add({ name: "Good", url: good.url })];
      const asked = backUp(id);
      await snapshotIn(await backUp(other));
      const problem = await problemIn(await asked);
      const detail = `Cannot read the configuration of device 'Shelf': ${words}`;
      assertEquals([problem.status, problem.detail], [status, detail]);
      assertEquals((await history(id))["last_problem"], detail);
      assertEquals(app().rows("SELECT count(*) AS n FROM config_snapshot"), [{ n: 1 }]);
      bad.treat = (_path, answer) => answer();
      await snapshotIn(await backUp(id));
    }, { patience: status === 504 ? 600 : 60_000 });
  });
}

Deno.test("the second file is needed as the first", async () => {
  await using gear = await startStubGear();
  gear.presets = "nothing of the kind";
  await withHouse(async ({ app, add, backUp }) => {
    const id = await add({ url: gear.url });
    assertEquals((await problemIn(await backUp(id))).status, 502);
    gear.presets = [];
    assertEquals((await problemIn(await backUp(id))).status, 502);
    assertEquals(app().rows("SELECT id FROM config_snapshot"), []);
  });
});

Deno.test("a configuration of nearly 512 KB is stored, one above is not", async () => {
  await using gear = await startStubGear();
  const sized = (bytes: number) => ({ ...SOME_CFG, um: { text: "x".repeat(bytes) } });
  await withHouse(async ({ add, backUp }) => {
    const id = await add({ url: gear.url });
    gear.cfg = sized(500_000);
    await snapshotIn(await backUp(id));
    gear.cfg = sized(530_000);
    assertEquals((await problemIn(await backUp(id))).status, 502);
  });
});
