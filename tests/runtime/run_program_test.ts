import { assertEquals } from "@std/assert";
import { join } from "node:path";
import process from "node:process";
import { type Program, runProgram } from "../../src/runtime/run_program.ts";
import { withTempDir } from "../support/temp_dir.ts";
import { eventually } from "./waiting.ts";

const PATH = Deno.env.get("PATH") ?? "";
const SHELL: Program = { command: "sh", args: [], env: { PATH }, timeoutMs: 60_000, maxBytes: 100_000 };
const run = (script: string, more: Partial<Program> = {}) => runProgram({ ...SHELL, args: ["-c", script], ...more });

Deno.test("a program is run to its end, with its code and all that it said", async () => {
  assertEquals(await run("echo out; echo err >&2; exit 3"), { ok: true, code: 3, stdout: "out\n", stderr: "err\n" });
  assertEquals(await run("kill -9 $$"), { ok: true, code: null, stdout: "", stderr: "" });
});

Deno.test("a program gets its arguments as they stand, and nothing of this process's environment", async () => {
  const args = ["%s|", "a b", "; echo no", "$(id)", "`id`", "-x", "*"];
  const printed = await runProgram({ ...SHELL, command: "printf", args });
  assertEquals(printed, { ok: true, code: 0, stdout: "a b|; echo no|$(id)|`id`|-x|*|", stderr: "" });
  const env = { PATH, HOME: "/nowhere" };
  const shown = await runProgram({ ...SHELL, command: "env", env });
  assertEquals(shown.ok && shown.stdout.trim().split("\n").toSorted(), [`HOME=/nowhere`, `PATH=${PATH}`]);
});

Deno.test("a program that takes too long, says too much, is given up or is not there is told apart", async () => {
  assertEquals(await run("exec sleep 600", { timeoutMs: 50 }), { ok: false, reason: "timeout" });
  assertEquals(await run("exec yes"), { ok: false, reason: "too_much" });
  assertEquals(await run("exec sleep 600", { signal: AbortSignal.timeout(50) }), { ok: false, reason: "failed" });
  assertEquals(await run("exec sleep 600", { signal: AbortSignal.abort() }), { ok: false, reason: "failed" });
  assertEquals(await runProgram({ ...SHELL, command: "no-such-program" }), { ok: false, reason: "missing" });
  assertEquals(await runProgram({ ...SHELL, env: { PATH: "/nowhere" } }), { ok: false, reason: "missing" });
  assertEquals(await runProgram({ ...SHELL, args: ["\0"] }), { ok: false, reason: "failed" });
});

Deno.test("a program that was cut off is gone", async () => {
  await withTempDir(async (dir) => {
    const path = join(dir, "pid");
    assertEquals(await run(`echo $$ > ${path}; exec sleep 600`, { timeoutMs: 1000 }), { ok: false, reason: "timeout" });
    const pid = Number(await Deno.readTextFile(path));
    await eventually("the end of the program", () => Promise.resolve(isRunning(pid) ? undefined : true));
  });
});

Deno.test("what a program leaves behind is not waited for", async () => {
  assertEquals(await run("sleep 5 & echo out"), { ok: true, code: 0, stdout: "out\n", stderr: "" });
});

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
