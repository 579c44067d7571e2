import { assertEquals } from "@std/assert";
import { createActorContext } from "../../src/base/context.ts";
import { Refusal } from "../../src/base/errors.ts";
import type { Authorize } from "../../src/http/authorize.ts";
import { type Answer, route } from "../../src/http/route.ts";
import { authorize, serve } from "./server.ts";

const context = createActorContext();
const record = (committed: Promise<void>) => context.current().recorded(committed);

const serveOne = (handle: () => Promise<Answer>, guard: Authorize = authorize) =>
  serve([
    route({
      method: "GET",
      path: "/lamp",
      access: { who: "viewer" },
      summary: "For a test.",
      tag: "Test",
      answers: { 200: null },
      handle,
    }),
  ], { context, authorize: guard });

/** Whether the promise has settled after all work that is ready has run. */
async function isSettled(promise: Promise<unknown>): Promise<boolean> {
  const later = new Promise((resolve) => setTimeout(resolve, 5, "later"));
  return await Promise.race([promise, later]) !== "later";
}

Deno.test("an answer waits for every entry recorded on its way, also for those recorded while it waits", async () => {
  const first = Promise.withResolvers<void>();
  const second = Promise.withResolvers<void>();
  const response = serveOne(() => {
    record(first.promise.then(() => record(second.promise)));
    return Promise.resolve({ status: 200 });
  }).send("/lamp");
  assertEquals(await isSettled(response), false);
  first.resolve();
  assertEquals(await isSettled(response), false);
  second.resolve();
  assertEquals((await response).status, 200);
});

Deno.test("a refusal and a failure wait too", async () => {
  for (const error of [new Refusal("conflict", "Cannot do it"), new Error("broken")]) {
    const entry = Promise.withResolvers<void>();
    const response = serveOne(() => (record(entry.promise), Promise.reject(error))).send("/lamp");
    assertEquals(await isSettled(response), false);
    entry.resolve();
    assertEquals((await response).ok, false);
  }
});

Deno.test("a rejection that authorize records is stored before it is told", async () => {
  const entry = Promise.withResolvers<void>();
  const refusal = new Refusal("forbidden", "Foreign origin");
  const response = serveOne(() => Promise.resolve({ status: 200 }), () => {
    record(entry.promise);
    return Promise.resolve({ ok: false, refusal });
  }).send("/lamp");
  assertEquals(await isSettled(response), false);
  entry.resolve();
  assertEquals((await response).status, 403);
});

Deno.test("an entry that cannot be stored breaks nothing and is logged", async () => {
  const server = serveOne(() => {
    record(Promise.reject(new Error("disk full")));
    return Promise.resolve({ status: 200 });
  });
  assertEquals((await server.send("/lamp")).status, 200);
  assertEquals(server.log.map(({ error, request_id }) => [error, request_id]), [["disk full", "request-1"]]);
});

Deno.test("authorize runs as anonymous, the handler as its caller, and neither leaks out", async () => {
  const actors: string[] = [];
  const note = () => actors.push(context.current().actor);
  const server = serveOne(async () => {
    await Promise.resolve();
    note();
    return { status: 200 };
  }, (attempt) => (note(), authorize(attempt)));
  await server.send("/lamp");
  note();
  assertEquals(actors, ["anonymous", "desk", "system"]);
});

Deno.test("requests at the same time do not wait for each other's entries", async () => {
  const never = Promise.withResolvers<void>();
  let calls = 0;
  const server = serveOne(() => {
    if (++calls === 1) record(never.promise);
    return Promise.resolve({ status: 200 });
  });
  const slow = server.send("/lamp");
  assertEquals((await server.send("/lamp")).status, 200);
  assertEquals(await isSettled(slow), false);
  never.resolve();
  await slow;
});

Deno.test("what is recorded after the answer holds up nobody and harms nobody", async () => {
  let scope = context.current();
  const server = serveOne(() => {
    scope = context.current();
    return Promise.resolve({ status: 200 });
  });
  await server.send("/lamp");
  scope.recorded(Promise.reject(new Error("too late")));
  await new Promise((resolve) => setTimeout(resolve));
  assertEquals(server.log.map(({ error }) => error), ["too late"]);
});
