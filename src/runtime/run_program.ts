import { type ChildProcess, spawn } from "node:child_process";

/** A program to run, without a shell: nothing in `args` is ever read as anything but an argument. */
export interface Program {
  /** Found by the PATH of `env`. */
  readonly command: string;
  readonly args: readonly string[];
  /** The whole environment of the program; nothing of this process's own is added. */
  readonly env: Readonly<Record<string, string>>;
  /** Killed after so many milliseconds. */
  readonly timeoutMs: number;
  /** Killed as soon as it has written more than so many bytes, to both outputs together. */
  readonly maxBytes: number;
  /** Killed when it aborts. */
  readonly signal?: AbortSignal;
}

/**
 * What became of a program: it ended (`code` null: by a signal), or `missing` (not installed, or this process may not run
 * it), `timeout`, `too_much` output, or `failed` (could not be started, or was aborted).
 */
export type ProgramResult =
  | { readonly ok: true; readonly code: number | null; readonly stdout: string; readonly stderr: string }
  | { readonly ok: false; readonly reason: "missing" | "timeout" | "too_much" | "failed" };

export type RunProgram = (program: Program) => Promise<ProgramResult>;

/** A process that was left behind may keep the outputs open: they are waited for so long after the program has ended. */
const LAST_OUTPUT_MS = 500;

/** Runs a program to its end. Never rejects. */
export const runProgram: RunProgram = (program) => {
  if (program.signal?.aborted) return Promise.resolve({ ok: false, reason: "failed" });
  try {
    const { command, args, env } = program;
    return ended(spawn(command, args, { env: { ...env }, stdio: ["ignore", "pipe", "pipe"] }), program);
  } catch (error) {
    return Promise.resolve({ ok: false, reason: reasonOf(error) });
  }
};

function ended(child: ChildProcess, { timeoutMs, maxBytes, signal }: Program): Promise<ProgramResult> {
  return new Promise((resolve) => {
    const stdout: Uint8Array[] = [];
    const stderr: Uint8Array[] = [];
    let bytes = 0;
    let lastOutput: ReturnType<typeof setTimeout> | undefined;

    const settle = (result: ProgramResult) => {
      clearTimeout(limit);
      clearTimeout(lastOutput);
      signal?.removeEventListener("abort", aborted);
      child.stdout?.destroy();
      child.stderr?.destroy();
      resolve(result);
    };
    const cut = (reason: "timeout" | "too_much" | "failed") => {
      child.kill("SIGKILL");
      settle({ ok: false, reason });
    };
    const aborted = () => cut("failed");
    const limit = setTimeout(() => cut("timeout"), timeoutMs);
    const done = (code: number | null) => settle({ ok: true, code, stdout: text(stdout), stderr: text(stderr) });
    const gather = (into: Uint8Array[]) => (chunk: Uint8Array) => {
      bytes += chunk.length;
      if (bytes > maxBytes) return cut("too_much");
      into.push(chunk);
    };

    signal?.addEventListener("abort", aborted, { once: true });
    child.stdout?.on("data", gather(stdout));
    child.stderr?.on("data", gather(stderr));
    child.on("error", (error) => settle({ ok: false, reason: reasonOf(error) }));
    child.on("exit", (code) => void (lastOutput = setTimeout(() => done(code), LAST_OUTPUT_MS)));
    child.on("close", done);
  });
}

const text = (chunks: readonly Uint8Array[]) => Buffer.concat(chunks).toString("utf8");

/** Node: ENOENT. Deno: the same, or NotCapable for a program that was not there when the permission to run it was given. */
function reasonOf(error: unknown): "missing" | "failed" {
  if (!(error instanceof Error)) return "failed";
  const code = "code" in error ? error.code : undefined;
  return code === "ENOENT" || code === "EACCES" || error.name === "NotCapable" || error.name === "NotFound"
    ? "missing"
    : "failed";
}
