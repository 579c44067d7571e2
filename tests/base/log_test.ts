import { assertEquals } from "@std/assert";
import { createLog, type LogFormat } from "../../src/base/log.ts";

function logIn(format: LogFormat) {
  const lines: string[] = [];
  return { lines, log: createLog("info", (line) => lines.push(line), () => 0, format) };
}

Deno.test("for programs each line of the process log is one JSON object", () => {
  const { log, lines } = logIn("json");
  log.warning("It is\nodd", { count: 2, why: "no answer" });
  log.debug("not asked for");
  assertEquals(lines, [
    '{"ts":"1970-01-01T00:00:00.000Z","level":"warning","message":"It is\\nodd","count":2,"why":"no answer"}\n',
  ]);
});

Deno.test("for people each is a line to read, and no text in it makes another or speaks to the terminal", () => {
  const { log, lines } = logIn("pretty");
  log.error("Cannot store", { code: "SQLITE_FULL", why: 'no "room"', left: 0, again: true, by: null });
  log.info("a\nb \x1b[2J \u202e \u2028", { name: "x\r\ny\x9b" });
  assertEquals(lines, [
    '1970-01-01T00:00:00.000Z ERROR Cannot store code=SQLITE_FULL why="no \\"room\\"" left=0 again=true by=null\n',
    '1970-01-01T00:00:00.000Z INFO a\\u000ab \\u001b[2J \\u202e \\u2028 name="x\\r\\ny\\u009b"\n',
  ]);
});
