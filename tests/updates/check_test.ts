import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { manifestOf, otherKey, releaseOf, tampered, TARGET } from "./release_server.ts";
import { type UpdatesTest, VERSION, withUpdates } from "./updates_app.ts";

const checks = (sentence: string, work: (test: UpdatesTest) => Promise<void>) =>
  Deno.test(sentence, () => withUpdates(work));

checks("a newer version is found, with all that a person needs to decide", async ({ open, releases, entries }) => {
  releases.list(manifestOf(releaseOf({ version: "1.1.0", notes: "Quieter nights." })));
  const updates = await open();
  assertEquals(updates.status(), {
    supported: true,
    reason: null,
    state: "idle",
    version: VERSION,
    available: null,
    dismissed: false,
    progress: null,
    checked_at: null,
    problem: null,
  });
  const begun = updates.check();
  assertEquals(updates.status().state, "checking");
  const { available, state, checked_at, problem } = await begun;
  assertEquals([state, problem], ["available", null]);
  assertEquals([available?.version, available?.notes], ["1.1.0", "Quieter nights."]);
  assertEquals(available?.released_at, "2026-11-01T12:00:00.000Z");
  assert(checked_at !== null && (available?.size ?? 0) > 200_000);
  assertEquals((await entries()).length, 0, "looking changes nothing");
});

checks("the same version, an older one and one for another machine are not offered", async ({ open, releases }) => {
  const updates = await open();
  const offered = async (...given: readonly Parameters<typeof releaseOf>[0][]) => {
    releases.list(manifestOf(...given.map(releaseOf)));
    const { available, state, problem } = await updates.check();
    assertEquals([state, problem], [available === null ? "idle" : "available", null]);
    return available?.version;
  };
  assertEquals(await offered(), undefined);
  assertEquals(await offered({ version: VERSION }, { version: "0.9.9" }, { version: "1.0.0-rc.1" }), undefined);
  assertEquals(await offered({ version: "3.0.0", target: "plan9-x64" }), undefined);
  assertEquals(await offered({ version: "1.2.0" }, { version: "1.10.0" }, { version: "1.9.0" }), "1.10.0");
});

checks(
  "what is not yet meant for everybody is offered on the channel for it only",
  async ({ open, releases, entries }) => {
    releases.list(manifestOf(releaseOf({ version: "1.1.0" }), releaseOf({ version: "1.2.0-rc.1", channel: "pre" })));
    const updates = await open();
    assertEquals((await updates.check()).available?.version, "1.1.0");
    assertEquals(await updates.change({ channel: "pre" }), { check_daily: true, channel: "pre" });
    assertEquals(updates.status().available, null, "what was known was known for the other channel");
    assertEquals((await updates.check()).available?.version, "1.2.0-rc.1");
    await updates.change({ channel: "pre" });
    assertEquals((await entries()).map(({ action, metadata }) => [action, metadata]), [
      ["settings.changed", { setting_key: "update", channel: "pre" }],
    ]);
  },
);

checks("a version that was dismissed is not told of again, also after a restart; the next one is", async (test) => {
  const { open, releases, entries } = test;
  releases.list(manifestOf(releaseOf({ version: "1.1.0" })));
  const updates = await open();
  assertEquals((await updates.check()).dismissed, false);
  assertEquals((await updates.dismiss()).dismissed, true);
  assertEquals((await updates.dismiss()).dismissed, true);
  const again = await open();
  assertEquals((await again.check()).dismissed, true);
  releases.list(manifestOf(releaseOf({ version: "1.2.0" })));
  assertEquals((await again.check()).dismissed, false);
  assertEquals((await entries()).map(({ action, metadata }) => [action, metadata]), [
    ["update.dismissed", { version: "1.1.0" }],
  ]);
});

const good = releaseOf({ version: "1.1.0" });
const artifact = good.targets[TARGET]!;

/** By what is wrong: the list, and what the server says of it. */
const REFUSED: Readonly<Record<string, readonly [unknown, RegExp]>> = {
  "no JSON": ["{", /not JSON/],
  "nothing in it": ["", /not JSON/],
  "another format": [{ format: 2, releases: [] }, /not as it must be at format/],
  "a key that nobody knows": [{ format: 1, releases: [], extra: 1 }, /not as it must be/],
  "a version that is none": [{ format: 1, releases: [{ ...good, version: "1.1" }] }, /at releases\.0\.version/],
  "a size beyond all measure": [{ format: 1, releases: [tampered(good, { size: 2 ** 40 })] }, /size/],
  "a hash that is none": [{ format: 1, releases: [tampered(good, { sha256: "../../etc" })] }, /sha256/],
  "no signature": [{ format: 1, releases: [tampered(good, { signature: "" })] }, /signature/],
  "somebody else's signature": [
    manifestOf(releaseOf({ version: "1.1.0", key: otherKey() })),
    /signature of version 1\.1\.0/,
  ],
  "an older file under a newer version": [{ format: 1, releases: [{ ...good, version: "2.0.0" }] }, /signature/],
  "another channel": [{ format: 1, releases: [{ ...releaseOf({ channel: "pre" }), channel: "stable" }] }, /signature/],
  "another machine's file": [
    {
      format: 1,
      releases: [{
        ...good,
        targets: { [TARGET]: releaseOf({ version: "1.1.0", target: "plan9-x64" }).targets["plan9-x64"] },
      }],
    },
    /signature/,
  ],
  "other notes": [{ format: 1, releases: [{ ...good, notes: "Send us your keys." }] }, /signature/],
  "another time": [{ format: 1, releases: [{ ...good, released_at: "2026-12-01T12:00:00Z" }] }, /signature/],
  "another size": [{ format: 1, releases: [tampered(good, { size: artifact.size + 1 })] }, /signature/],
  "a file on another host": [
    manifestOf(releaseOf({ version: "1.1.0", url: "http://127.0.0.2/program" })),
    /another host/,
  ],
  "a file of this machine": [manifestOf(releaseOf({ version: "1.1.0", url: "file:///etc/passwd" })), /another host/],
  "more than it may be": [JSON.stringify({ format: 1, releases: [] }) + " ".repeat(1_100_000), /more than it may/],
};

for (const [what, [list, words]] of Object.entries(REFUSED)) {
  checks(`a list with ${what} is refused in words, and what was known stays known`, async ({ open, releases }) => {
    const updates = await open();
    releases.list(list);
    const first = await updates.check();
    assertEquals([first.state, first.available, first.checked_at], ["idle", null, null]);
    assertMatch(first.problem ?? "", /^Cannot look for a new version: /);
    assertMatch(first.problem ?? "", words);
    releases.list(manifestOf(releaseOf({ version: "1.0.1" })));
    assertEquals((await updates.check()).problem, null);
    releases.list(list);
    const { state, available, problem } = await updates.check();
    assertEquals([state, available?.version], ["available", "1.0.1"]);
    assertMatch(problem ?? "", words);
  });
}

checks(
  "redirects are followed on the same host, three of them, and never to another one",
  async ({ open, releases }) => {
    const updates = await open();
    const redirect = (to: string, status = 302) => () => new Response(null, { status, headers: { location: to } });
    const list = JSON.stringify(manifestOf(releaseOf({ version: "1.1.0" })));
    releases.at("/list.json", redirect("/a", 301));
    releases.at("/a", redirect("b", 307));
    releases.at("/b", redirect("/c", 308));
    releases.at("/c", () => new Response(list));
    assertEquals((await updates.check()).available?.version, "1.1.0");
    releases.at("/c", redirect("/d"));
    releases.at("/d", () => new Response(list));
    assertStringIncludes((await updates.check()).problem ?? "", "redirects again and again");
    const other = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen: () => {} }, () => new Response(list));
    for (
      const place of [
        `http://127.0.0.1:${other.addr.port}/list.json`,
        "https://releases.example.org/list.json",
        "file:///etc/passwd",
        "//user:secret@127.0.0.1/x",
        "",
      ]
    ) {
      releases.at("/list.json", place === "" ? () => new Response(null, { status: 302 }) : redirect(place));
      const { problem } = await updates.check();
      assert(place === "" || problem?.includes("redirects to another host"), `${place}: ${problem}`);
      assert(problem !== null);
    }
    await other.shutdown();
  },
);

checks(
  "a server of releases that refuses, is not there, cuts or says nothing more is told of in words",
  async (test) => {
    const { open, releases } = test;
    const updates = await open({ idleMs: 200 });
    const problemOf = async () => (await updates.check()).problem ?? "";
    assertStringIncludes(await problemOf(), "answers 404");
    const stalled = () =>
      new ReadableStream<Uint8Array>({ start: (controller) => controller.enqueue(new TextEncoder().encode("{")) });
    releases.at("/list.json", () => new Response(stalled()));
    assertStringIncludes(await problemOf(), "cannot be reached, or the connection to it was cut");
    const cut = Deno.listen({ hostname: "127.0.0.1", port: 0 });
    const serving = (async () => {
      const connection = await cut.accept();
      await connection.read(new Uint8Array(4096));
      await connection.write(new TextEncoder().encode("HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\n{"));
      connection.close();
    })();
    const other = await open({ url: `http://127.0.0.1:${cut.addr.port}/list.json` });
    assertStringIncludes((await other.check()).problem ?? "", "cut");
    await serving;
    cut.close();
    assertStringIncludes((await other.check()).problem ?? "", "cannot be reached");
  },
);
