import { assertEquals } from "@std/assert";
import { readLines } from "../../../src/ui/base/json_lines.ts";

const bytes = (text: string) => new TextEncoder().encode(text);

async function read(...pieces: readonly (Uint8Array<ArrayBuffer> | Error)[]) {
  const rest = [...pieces];
  const body = new ReadableStream<Uint8Array<ArrayBuffer>>({
    pull: (controller) => {
      const piece = rest.shift();
      if (piece === undefined) controller.close();
      else if (piece instanceof Error) controller.error(piece);
      else controller.enqueue(piece);
    },
  });
  const heard: unknown[] = [];
  return { whole: await readLines(body, (line) => heard.push(line)), heard };
}

Deno.test("lines are heard whole wherever the network cuts them, also in the middle of a sign", async () => {
  const all = bytes('{"a":"é"}\n{"b":2}\n\n[3]');
  for (let at = 0; at <= all.length; at++) {
    assertEquals(await read(all.slice(0, at), all.slice(at)), { whole: true, heard: [{ a: "é" }, { b: 2 }, [3]] });
  }
});

Deno.test("what breaks off is told, and what came before it was heard", async () => {
  assertEquals(await read(bytes('{"a":1}\n{"b"'), new Error("gone")), { whole: false, heard: [{ a: 1 }] });
  assertEquals(await read(bytes('{"a":1}\n{"b":')), { whole: false, heard: [{ a: 1 }] });
  assertEquals(await read(bytes("<html>\n")), { whole: false, heard: [] });
});
