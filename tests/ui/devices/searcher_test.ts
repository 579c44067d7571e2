import { assertEquals } from "@std/assert";
import type { Api, SendOptions } from "../../../src/ui/base/api.ts";
import { type Result, UNREACHABLE } from "../../../src/ui/base/problem.ts";
import { createSearcher } from "../../../src/ui/devices/discovered/searcher.ts";
import { settled } from "../entities/hand_api.ts";
import { find } from "./finds.ts";

/** A search whose answer is written by the test. */
function search() {
  const { promise, resolve } = Promise.withResolvers<Result<undefined>>();
  let hear: (line: unknown) => void = () => {};
  const lines: Api["lines"] = (_path, _body, heard, { signal }: SendOptions = {}) => {
    hear = heard;
    signal?.addEventListener("abort", () => resolve({ ok: false, problem: UNREACHABLE }));
    return promise;
  };
  const found: string[] = [];
  const searcher = createSearcher({ api: { lines }, found: ({ name }) => found.push(name) });
  const answers = (name: string, configured: boolean) => hear({ type: "device", device: find(name), configured });
  const end = async (problem?: number) => {
    resolve(
      problem === undefined ? { ok: true, value: undefined, etag: null } : {
        ok: false,
        problem: { ...UNREACHABLE, status: problem },
      },
    );
    await settled();
  };
  void searcher.start();
  return { searcher, found, answers, done: () => hear({ type: "done", found: 0 }), end };
}

Deno.test("a search tells who answers as they answer, and hands on who is not here yet", async () => {
  const { searcher, found, answers, done, end } = search();
  answers("Shelf", true);
  answers("Desk", false);
  assertEquals(searcher.state.value, { name: "running", answered: 2, fresh: 1 });
  done();
  await end();
  assertEquals(searcher.state.value, { name: "ended", answered: 2, fresh: 1 });
  assertEquals(found, ["Desk"]);
});

Deno.test("an answer that ends without its last line broke off, also when it ends in order", async () => {
  const { searcher, answers, end } = search();
  answers("Desk", false);
  await end();
  assertEquals(searcher.state.value, { name: "broken", answered: 1, fresh: 1 });
});

Deno.test("a search that is refused says why", async () => {
  const { searcher, end } = search();
  await end(503);
  assertEquals(searcher.state.value, { name: "failed", problem: { ...UNREACHABLE, status: 503 } });
  searcher.forget();
  assertEquals(searcher.state.value, { name: "idle" });
});

Deno.test("a search that is stopped keeps what it found, hears nothing more and can be begun again", async () => {
  const { searcher, found, answers } = search();
  answers("Desk", false);
  searcher.stop();
  answers("Shelf", false);
  await settled();
  assertEquals(searcher.state.value, { name: "stopped", answered: 1, fresh: 1 });
  assertEquals(found, ["Desk"]);
  void searcher.start();
  assertEquals(searcher.state.value.name, "running");
});
