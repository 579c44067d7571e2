import { assertEquals, assertMatch } from "@std/assert";
import { createExporter } from "../../../src/ui/activity/export/exporter.ts";
import { orderWords } from "../../../src/ui/activity/export/order_words.ts";
import { type Problem, type Result, UNREACHABLE } from "../../../src/ui/base/problem.ts";
import { settled } from "../entities/hand_api.ts";
import { createHandClock } from "../lights/light_desk.ts";

const TICKET = { url: "/tickets/t1", export_id: "exp_1", expires_at: "" };
const RUNNING = { state: "running", rows: 12_000, sha256: null };
const problem = (status: number): Problem => ({ ...UNREACHABLE, status, detail: `answer ${status}` });

/** A server that answers with these, in order. */
function createDesk(...answers: readonly (object | Problem)[]) {
  const clock = createHandClock();
  const asked: unknown[] = [];
  const downloads: string[] = [];
  const left = [...answers];
  const answer = <T>(request: unknown): Promise<Result<T>> => {
    asked.push(request);
    const next = left.length > 1 ? left.shift() : left[0];
    const isProblem = next !== undefined && "detail" in next;
    // The test gives what is asked for.
    return Promise.resolve(
      isProblem ? { ok: false, problem: next as Problem } : { ok: true, value: next as T, etag: null },
    );
  };
  const exporter = createExporter({
    api: { get: (path) => answer(path), send: (_method, _path, body) => answer(body) },
    timer: clock.timer,
    download: (url) => void downloads.push(url),
  });
  const pass = async (seconds: number) => {
    for (let i = 0; i < seconds; i++) {
      clock.pass(1000);
      await settled();
    }
  };
  const start = async () => {
    void exporter.start({ format: "csv", filter: { categories: ["auth"], q: "lamp" } });
    await settled();
  };
  return { exporter, asked, downloads, pass, start, state: () => exporter.state.value };
}

Deno.test("an export fetches its file with a ticket, says how far it is, and in the end what the file must be", async () => {
  const desk = createDesk(TICKET, RUNNING, { state: "complete", rows: 48_000, sha256: "abc" });
  await desk.start();
  assertEquals(desk.asked, [{ format: "csv", filter: { categories: ["auth"], q: "lamp" } }]);
  assertEquals(desk.downloads, ["/tickets/t1"]);
  assertEquals(desk.state(), { name: "running", rows: 0 });
  await desk.pass(1);
  assertEquals(desk.state(), { name: "running", rows: 12_000 });
  await desk.pass(1);
  assertEquals(desk.state(), { name: "complete", rows: 48_000, sha256: "abc" });
  await desk.pass(10);
  assertEquals(desk.asked.length, 3);
});

Deno.test("who may not export is told why, and nothing is fetched", async () => {
  const desk = createDesk(problem(401));
  await desk.start();
  assertEquals([desk.state(), desk.downloads], [{ name: "failed", problem: problem(401) }, []]);
});

Deno.test("a retry is the very order that broke, and there is none before the first", async () => {
  const desk = createDesk(TICKET, { ...RUNNING, state: "broken" }, TICKET, RUNNING);
  await desk.exporter.retry();
  assertEquals(desk.asked, []);
  await desk.start();
  await desk.pass(1);
  void desk.exporter.retry();
  await settled();
  assertEquals(desk.asked.at(-1), { format: "csv", filter: { categories: ["auth"], q: "lamp" } });
  await desk.pass(1);
  assertEquals([desk.state().name, desk.downloads.length], ["running", 2]);
});

Deno.test("an order is named by what it asks for", () => {
  assertEquals(orderWords({}), "the whole log");
  assertEquals(orderWords({ categories: ["auth", "device"], q: "lamp" }), "Category auth or device, Search lamp");
  assertMatch(orderWords({ since: "2026-11-22T10:00:00.000Z" }), /^From 2026-11-22 \d\d:\d\d:00$/);
});

Deno.test("a file that ends too early is broken, and so is one that is never fetched", async () => {
  const broken = createDesk(TICKET, { ...RUNNING, state: "broken" });
  await broken.start();
  await broken.pass(1);
  assertEquals(broken.state(), { name: "broken", rows: 12_000 });
  const waiting = createDesk(TICKET, { state: "waiting", rows: 0, sha256: null });
  await waiting.start();
  await waiting.pass(60);
  assertEquals(waiting.state(), { name: "running", rows: 0 });
  await waiting.pass(15);
  assertEquals(waiting.state(), { name: "broken", rows: 0 });
});

Deno.test("a server that is away for a moment does not end the export, one that stays away does", async () => {
  const back = createDesk(TICKET, RUNNING, UNREACHABLE, UNREACHABLE, { state: "complete", rows: 1, sha256: "abc" });
  await back.start();
  await back.pass(4);
  assertEquals(back.state().name, "complete");
  const gone = createDesk(TICKET, RUNNING, UNREACHABLE);
  await gone.start();
  await gone.pass(20);
  assertEquals(gone.state().name, "running");
  await gone.pass(20);
  assertEquals(gone.state(), { name: "failed", problem: UNREACHABLE });
});

Deno.test("a file that the server knows nothing of is broken, but not in the first moment", async () => {
  const late = createDesk(TICKET, problem(404), RUNNING);
  await late.start();
  await late.pass(2);
  assertEquals(late.state(), { name: "running", rows: 12_000 });
  const never = createDesk(TICKET, problem(404));
  await never.start();
  await never.pass(31);
  assertEquals(never.state(), { name: "broken", rows: 0 });
});

Deno.test("one export at a time; who leaves asks no more", async () => {
  const desk = createDesk(TICKET, RUNNING);
  await desk.start();
  await desk.start();
  assertEquals(desk.downloads.length, 1);
  desk.exporter.dispose();
  await desk.pass(5);
  assertEquals(desk.asked.length, 1);
});
