import { assertEquals } from "@std/assert";
import { createLogList, type LogList } from "../../../src/ui/activity/log_list.ts";
import { createLogServer, type LogServer } from "./log_server.ts";

const SIZES = { pages: { first: 5, further: 7 }, bounds: { rows: 40, waiting: 12 }, filter: {} };

const shown = (list: LogList) => list.state.value.rows.map(({ entry }) => entry.id);
const newest = (server: LogServer, count: number) => server.entries().toReversed().slice(0, count).map(({ id }) => id);

/** A list that was read down to its twelfth row, left, and come back to after `meanwhile`. */
async function comeBack(meanwhile: (server: LogServer) => void) {
  const server = createLogServer({ entries: 30 });
  const before = createLogList(server.deps, SIZES);
  await server.settle();
  before.more();
  await server.settle();
  const kept = before.keep();
  before.dispose();
  meanwhile(server);
  const list = createLogList(server.deps, { ...SIZES, kept });
  return { server, list, left: shown(before) };
}

Deno.test("a list that is come back to is there at once, with all its rows", async () => {
  const { server, list, left } = await comeBack(() => {});
  assertEquals(list.state.value.phase, "ready");
  assertEquals(shown(list), left);
  await server.settle();
  assertEquals(shown(list), left);
  list.more();
  await server.settle();
  assertEquals(shown(list), newest(server, 19));
});

Deno.test("what happened meanwhile waits above it, and is shown once", async () => {
  const { server, list, left } = await comeBack((server) => server.append(3));
  server.append(1);
  await server.settle();
  assertEquals(shown(list), left);
  assertEquals(list.state.value.waitingCount, 4);
  assertEquals(list.state.value.total, { count: 34, capped: false });
  list.hold(false);
  assertEquals(shown(list), newest(server, 16));
  server.append(1);
  await server.settle();
  assertEquals(shown(list), newest(server, 17));
});

Deno.test("more happened meanwhile than a page holds: it is counted, and read when it is shown", async () => {
  const { server, list, left } = await comeBack((server) => server.append(20));
  await server.settle();
  assertEquals(shown(list), left);
  assertEquals(list.state.value.waitingCount > 0, true);
  list.show();
  await server.settle();
  assertEquals(shown(list), newest(server, 5));
});

Deno.test("come back to while there is no connection, it catches up with the next one", async () => {
  const { server, list, left } = await comeBack((server) => {
    server.disconnect();
    server.append(2);
  });
  await server.settle();
  assertEquals(shown(list), left);
  server.connect();
  await server.settle();
  list.hold(false);
  assertEquals(shown(list), newest(server, 14));
});

Deno.test("a list of which nothing is known yet is not kept", () => {
  assertEquals(createLogList(createLogServer().deps, SIZES).keep(), undefined);
});
