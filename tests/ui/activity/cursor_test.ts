import { assertEquals } from "@std/assert";
import { createCursor } from "../../../src/ui/activity/cursor.ts";
import { createLogList } from "../../../src/ui/activity/log_list.ts";
import { createLogServer } from "./log_server.ts";

/** A cursor on a list of a hundred rows. */
async function setUp() {
  const server = createLogServer({ entries: 100 });
  const pages = { first: 100, further: 100 };
  const list = createLogList(server.deps, { filter: {}, pages, bounds: { rows: 200, waiting: 5 } });
  await server.settle();
  const { rows } = list.state.value;
  return { cursor: createCursor(list), rows, at: (index: number) => rows[index] };
}

Deno.test("without a place it begins with the first row in sight", async () => {
  const { cursor, at } = await setUp();
  cursor.look = () => ({ first: 40, last: 60, scrolled: false });
  assertEquals(cursor.move(1), at(40));
  assertEquals(cursor.move(1), at(41));
  assertEquals(cursor.move(-1), at(40));
});

Deno.test("scrolled away from its place, it begins with the first row in sight, up and down", async () => {
  for (const by of [1, -1]) {
    for (const place of [2, 95]) {
      const { cursor, rows, at } = await setUp();
      cursor.place(rows[place]!.seq);
      cursor.look = () => ({ first: 40, last: 60, scrolled: true });
      assertEquals(cursor.move(by), at(40));
    }
  }
});

Deno.test("scrolled a little, with its place still in sight, it goes on from there", async () => {
  const { cursor, rows, at } = await setUp();
  cursor.place(rows[50]!.seq);
  cursor.look = () => ({ first: 40, last: 60, scrolled: true });
  assertEquals(cursor.move(1), at(51));
});

Deno.test("carried out of sight by rows that came, it goes on from its place", async () => {
  const { cursor, rows, at } = await setUp();
  cursor.place(rows[50]!.seq);
  cursor.look = () => ({ first: 0, last: 20, scrolled: false });
  assertEquals(cursor.move(-1), at(49));
});
