import { assert, assertEquals } from "@std/assert";
import { timeByHand } from "../auth/by_hand.ts";
import { type TestApp, withApp } from "../support/app.ts";
import { makeKeys, refusal } from "./answers.ts";
import { make, makeId, put, remove } from "./entities.ts";

const LOG = "/api/v1/activity-log";
const DAY_MS = 86_400_000;

interface Page {
  readonly entries: readonly Readonly<Record<string, unknown>>[];
  readonly next_before_seq: number | null;
  readonly has_more: boolean;
  readonly total: number;
  readonly total_capped: boolean;
  readonly partial: boolean;
}

async function page(app: TestApp, query?: string, token?: string): Promise<Page> {
  const answer = await app.call("GET", query === undefined ? LOG : `${LOG}?${query}`, { token });
  const text = await answer.text();
  assertEquals(answer.status, 200, `${query}: ${text}`);
  return JSON.parse(text);
}

/** The names of the entities that the found entries are about, newest first. */
const names = async (app: TestApp, query: string) =>
  (await page(app, query)).entries.map((entry) => entry["entity_name"]);

Deno.test("the envelope has its six fields and an entry its eleven, in order", async () => {
  await withApp(async (app) => {
    assertEquals(await page(app), {
      entries: [],
      next_before_seq: null,
      has_more: false,
      total: 0,
      total_capped: false,
      partial: false,
    });
    await make(app, "gradient", { name: "Dawn" });
    const { entries: [entry = {}], ...rest } = await page(app);
    assertEquals(rest, { next_before_seq: null, has_more: false, total: 1, total_capped: false, partial: false });
    const fields = "id,ts,category,action,severity,actor,entity_type,entity_id,entity_name,message,metadata";
    assertEquals(Object.keys(entry).join(), fields);
    assertEquals(entry["metadata"], {});
  });
});

Deno.test("an entry is answered byte for byte as it is stored", async () => {
  await withApp(async (app) => {
    await make(app, "gradient", { name: '💡 "quoted" \\ back/slash <é> 100%' });
    await app.call("GET", "/api/v1/devices", { peer: "2001:db8::7" });
    const stored = app.rows<{ entry: string }>("SELECT entry FROM activity_log ORDER BY seq DESC").map((row) =>
      row.entry
    );
    assertEquals(stored.length, 2);
    const text = await (await app.call("GET", LOG)).text();
    assert(text.startsWith(`{"entries":[${stored.join(",")}],"next_before_seq":null,`), text);
    assert(stored.every((entry) => entry === JSON.stringify(JSON.parse(entry))), "the stored text has white space");
  });
});

Deno.test("unknown parameters, values and bounds are refused by name", async () => {
  await withApp(async (app) => {
    const wrong: Readonly<Record<string, string>> = {
      "nonsense=1": "nonsense",
      "category=auth": "category",
      "Limit=5": "Limit",
      "__proto__=1": "__proto__",
      "categories=nonsense": "categories",
      "categories=": "categories",
      "categories=auth,": "categories",
      "categories=auth&categories=x": "categories",
      "severities=fatal": "severities",
      "actor=": "actor",
      "actor=a&actor=b": "actor",
      "entity_id=": "entity_id",
      "q=": "q",
      [`q=${"x".repeat(257)}`]: "q",
      "since=yesterday": "since",
      "since=2026-13-01": "since",
      "since=2026-02-30": "since",
      "since=2026-02-30T10:00:00Z": "since",
      "since=2026-01-01T10:00:00": "since",
      "since=2026-01-01T25:00:00Z": "since",
      "until=1767225600": "until",
      "until=": "until",
      "since=2026-01-02&until=2026-01-01": "since",
      "since=2026-01-01T00:00:00.001Z&until=2026-01-01T00:00:00Z": "since",
      "limit=0": "limit",
      "limit=201": "limit",
      "limit=-1": "limit",
      "limit=1.5": "limit",
      "limit=ten": "limit",
      "limit=": "limit",
      "limit=0x10": "limit",
      "limit=1e2": "limit",
      "limit=5&limit=6": "limit",
      "before_seq=0": "before_seq",
      "before_seq=-1": "before_seq",
      "before_seq=9007199254740993": "before_seq",
    };
    for (const [query, field] of Object.entries(wrong)) {
      const [status, first] = await refusal(await app.call("GET", `${LOG}?${query}`));
      assertEquals([status, first?.replace(/\[\d+\]$/, "")], [422, field], query);
    }
    assertEquals(app.log, []);
  });
});

Deno.test("a time bound is inclusive, and a date alone is its whole day in UTC", async () => {
  const time = timeByHand(Date.UTC(2026, 0, 1));
  await withApp(async (app) => {
    const moments = { "first of 1st": 0, "last of 1st": DAY_MS - 1, "first of 2nd": 1, "noon of 2nd": DAY_MS / 2 };
    for (const [name, later] of Object.entries(moments)) {
      time.pass(later);
      await make(app, "gradient", { name });
    }
    const [first, last, second, noon] = Object.keys(moments);
    assertEquals(await names(app, "since=2026-01-01&until=2026-01-01"), [last, first]);
    assertEquals(await names(app, "since=2026-01-02"), [noon, second]);
    assertEquals(await names(app, "until=2025-12-31"), []);
    assertEquals(await names(app, "since=2026-01-01T23:59:59.999Z&until=2026-01-02T00:00:00.000Z"), [second, last]);
    assertEquals(await names(app, "since=2026-01-02T01:00:00%2B01:00&until=2026-01-02T01:00%2B01:00"), [second]);
    assertEquals(await names(app, "until=2026-01-01T23:59:59.998Z"), [first]);
  }, { clock: time.clock, delay: time.turn.delay });
});

Deno.test("values of a filter add up, filters narrow each other, and total says how many match", async () => {
  await withApp(async (app) => {
    const device = await makeId(app, "device", { name: "Lamp" });
    await put(app, "device", device, { name: "Light" });
    await make(app, "gradient", { name: "Dawn" });
    const { viewer } = await makeKeys(app);
    await app.call("POST", "/api/v1/gradients", { json: { name: "x" }, token: viewer });
    const count = async (query: string) => {
      const { total, entries } = await page(app, query, viewer);
      assertEquals(total, entries.length, query);
      return total;
    };
    assertEquals([await count("categories=entity"), await count("categories=auth")], [3, 4]);
    assertEquals([await count("categories=entity,auth"), await count("categories=entity&categories=auth")], [7, 7]);
    assertEquals([await count("categories=capture"), await count("severities=warning,error")], [0, 4]);
    assertEquals([await count("actor=viewer"), await count("actor=anonymous"), await count("actor=nobody")], [1, 3, 0]);
    assertEquals([await count("entity_type=device"), await count(`entity_id=${device}`)], [2, 2]);
    assertEquals(await count(`entity_id=${device}&categories=auth`), 0);
    assertEquals([await count("q=lamp"), await count("q=LIGHT"), await count("q=role_too_low")], [1, 1, 1]);
    assertEquals(await count("severities=info&q=entity.created&entity_type=gradient"), 1);
  });
});

Deno.test("% and _ are letters like any other, and quotes, brackets and controls only text", async () => {
  await withApp(async (app) => {
    for (const name of ["100% red", "100 red", "a_b", "axb", 'say "hi"', "it's", "back\\slash", "[x]", "ÄÖ"]) {
      await make(app, "gradient", { name });
    }
    assertEquals([await names(app, "q=%25"), await names(app, "q=0%25%20r")], [["100% red"], ["100% red"]]);
    assertEquals([await names(app, "q=a_b"), await names(app, "q=%22")], [["a_b"], ['say "hi"']]);
    assertEquals(await names(app, "q=it's"), ["it's"]);
    assertEquals([await names(app, "q=%5C"), await names(app, "q=%5Bx"), await names(app, "q=äö")], [
      ["back\\slash"],
      ["[x]"],
      ["ÄÖ"],
    ]);
    assertEquals([await names(app, "q=%00"), await names(app, "q=%22%20OR%201=1")], [[], []]);
  });
});

Deno.test("paging by next_before_seq visits every entry once, also while others are written", async () => {
  await withApp(async (app) => {
    for (let n = 0; n < 23; n++) await make(app, "gradient", { name: `Gradient ${n}` });
    for (const query of ["", "&categories=entity", "&q=gradient"]) {
      const seen: unknown[] = [];
      let next: number | null = null;
      do {
        const found: Page = await page(app, `limit=5${query}${next === null ? "" : `&before_seq=${next}`}`);
        assertEquals([found.has_more, found.partial], [found.next_before_seq !== null, false]);
        seen.push(...found.entries.map((entry) => entry["entity_name"]));
        next = found.next_before_seq;
        await make(app, "sync_clock", { name: `Clock ${query} ${seen.length}` });
      } while (next !== null);
      const gradients = seen.filter((name) => String(name).startsWith("Gradient"));
      assertEquals(gradients, Array.from({ length: 23 }, (_, n) => `Gradient ${22 - n}`), query);
      assertEquals(new Set(seen).size, seen.length);
    }
    assertEquals((await page(app, "before_seq=1")).entries, []);
    assertEquals((await page(app, "limit=23&before_seq=24")).next_before_seq, null);
    assertEquals((await page(app, "limit=200")).entries.length, (await page(app)).total);
  });
});

Deno.test("total counts every match, whatever the page and the filter", async () => {
  await withApp(async (app) => {
    for (let n = 0; n < 23; n++) await make(app, "gradient", { name: `Gradient ${n}` });
    for (const query of ["", "&categories=entity", "&since=2020-01-01", "&q=gradient", "&q=gradient&actor=anonymous"]) {
      for (const place of ["limit=5", "limit=5&before_seq=10", "limit=22", "limit=23", "limit=200"]) {
        const { total, total_capped } = await page(app, place + query);
        assertEquals([total, total_capped], [23, false], place + query);
      }
    }
  });
});

Deno.test("when a change or a rejection is answered, its entry is in the table for everyone", async () => {
  await withApp(async (app) => {
    const count = () => app.rows<{ n: number }>("SELECT count(*) AS n FROM activity_log")[0]?.n;
    const id = await makeId(app, "gradient");
    assertEquals(count(), 1);
    await put(app, "gradient", id, { name: "Dawn" });
    assertEquals(count(), 2);
    await remove(app, "gradient", id);
    assertEquals(count(), 3);
    await app.call("GET", LOG, { peer: "192.168.1.50" });
    assertEquals(count(), 4);
    await app.call("POST", "/api/v1/system/api-keys", { json: { label: "desk" } });
    assertEquals(count(), 5);
    const before = count() ?? 0;
    let answered = 0;
    await Promise.all(Array.from({ length: 60 }, async (_, n) => {
      await app.call("GET", "/health", { headers: { origin: "http://evil.example" }, peer: `10.0.0.${n}` });
      answered++;
      assert((count() ?? 0) - before >= answered, "an answer came before its entry");
    }));
  });
});
