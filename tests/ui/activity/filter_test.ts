import { assertEquals } from "@std/assert";
import { createFilterReader, LIST_QUERY } from "../../../src/activity/schemas.ts";
import { CATEGORIES, entryTest, fold as serverFold, seqOfEntryId, SEVERITIES } from "../../../src/audit/mod.ts";
import { readQuery } from "../../../src/http/query.ts";
import { activityHref } from "../../../src/ui/activity/address.ts";
import {
  categories,
  compact,
  type Filter,
  filterKey,
  isEmpty,
  matcher,
  readFilter,
  severities,
} from "../../../src/ui/activity/filter.ts";
import { seqOfId } from "../../../src/ui/activity/row.ts";
import { fold } from "../../../src/ui/base/fold.ts";
import { createRandom, type Random } from "../../support/random.ts";
import { entryIds, randomEntry, randomText } from "./entries.ts";

/** What the server takes the query for. */
const serverFilter = (query: string) =>
  createFilterReader({ tagged: () => Promise.resolve([]), related: () => Promise.resolve([]) })(
    LIST_QUERY.parse(readQuery(query, LIST_QUERY)),
  );

function randomFilter(random: Random): Filter {
  const maybe = <T>(value: T) => random.chance(0.4) ? value : undefined;
  const [early, late] = [randomEntry(random, "").ts, randomEntry(random, "").ts].sort();
  return compact({
    categories: maybe(random.some(CATEGORIES, 0.6)),
    severities: maybe(random.some(SEVERITIES, 0.6)),
    actor: maybe(random.pick(["desk", "system", "nobody"])),
    entityType: maybe(random.pick(["device", "gradient"])),
    entityId: maybe(random.pick(["dev_1", "dev_2"])),
    actions: random.chance(0.2)
      ? random.some(["entity.updated", "device.offline", "Straße.ΣΣ", "no.such"], 0.6)
      : undefined,
    entityName: random.chance(0.1) ? randomText(random) : undefined,
    metadataKey: random.chance(0.2) ? random.pick(["note", "on", "none", "n", "no-such", "constructor"]) : undefined,
    metadataValue: random.chance(0.2) ? random.pick(["true", "false", "3", "null", randomText(random)]) : undefined,
    since: maybe(early),
    until: maybe(late),
    q: maybe(randomText(random)),
  });
}

const queryOf = (filter: Filter) => new URL(activityHref(filter), "http://127.0.0.1").search;

Deno.test("the page and the server agree which entries a filter means", async () => {
  const random = createRandom(11);
  const id = entryIds();
  let found = 0;
  for (let i = 0; i < 20_000; i++) {
    const filter = randomFilter(random);
    const entry = randomEntry(random, id(i + 1));
    const server = entryTest(await serverFilter(queryOf(filter)));
    assertEquals(matcher(filter)(entry), server(entry), `${JSON.stringify(filter)} on ${JSON.stringify(entry)}`);
    if (server(entry)) found++;
  }
  assertEquals(found > 1000, true);
});

Deno.test("the page and the server fold every letter alike", () => {
  for (let code = 0; code < 0x20000; code++) {
    if (code >= 0xd800 && code < 0xe000) continue;
    const text = `a${String.fromCodePoint(code)}b`;
    assertEquals(fold(text), serverFold(text));
  }
});

Deno.test("a link opens the same filter again", () => {
  const random = createRandom(12);
  for (let i = 0; i < 5000; i++) {
    const filter = compact({ ...randomFilter(random), relatedTo: random.chance(0.3) ? "dev_1" : undefined });
    assertEquals(filterKey(readFilter(new URLSearchParams(queryOf(filter)))), filterKey(filter));
  }
});

Deno.test("a link by hand may repeat, and name days, as the server's own addresses may", () => {
  const filter = readFilter(
    new URLSearchParams("categories=auth&categories=device,auth&since=2026-11-20&until=2026-11-21"),
  );
  assertEquals(filter, {
    categories: ["auth", "device"],
    since: "2026-11-20T00:00:00.000Z",
    until: "2026-11-21T23:59:59.999Z",
  });
});

Deno.test("what a link says wrongly does not narrow", () => {
  const query = "categories=lights&severities=&since=yesterday&until=2026-13-99&actor=&constructor=1&__proto__=2";
  assertEquals(isEmpty(readFilter(new URLSearchParams(query))), true);
});

Deno.test("the page offers each category and severity that there is", () => {
  assertEquals(categories(), CATEGORIES);
  assertEquals(severities(), SEVERITIES);
});

Deno.test("the page and the server read the same place out of an entry's id", () => {
  const id = entryIds();
  for (const seq of [1, 31, 32, 1024, 999_999, 2 ** 40, 2 ** 50 - 1]) {
    assertEquals(seqOfId(id(seq)), seq);
    assertEquals(seqOfId(id(seq)), seqOfEntryId(id(seq)));
  }
  for (const none of ["", "al_", "al_ILOU", `${id(1)}0`, "dev_00000000010000000000000000"]) {
    assertEquals(seqOfId(none), undefined);
  }
});

Deno.test("a bound that the server does not know is none here either", async () => {
  const days = ["2026-02-31", "2026-02-31T00:00Z", "0000-01-01T00:00+05:00", "9999-12-31T23:00-05:00", "2026-02-28"];
  for (const since of days) {
    const query = `?since=${encodeURIComponent(since)}`;
    const server = LIST_QUERY.safeParse(readQuery(query, LIST_QUERY));
    const meant = server.success ? compact(await serverFilter(query)) : {};
    assertEquals(readFilter(new URLSearchParams(query)), meant, since);
  }
});
