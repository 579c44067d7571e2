import type { RunAdb } from "../../src/adb/program.ts";
import { createRunAdb } from "../../src/runtime/adb.ts";
import { type TestApp, withApp } from "../support/app.ts";
import { withTempDir } from "../support/temp_dir.ts";
import { closedAddress } from "./stand_in.ts";

export const ADMIN = "ll_the-token-of-the-admin-of-this-house";
export const ANNA = "ll_the-token-of-anna-who-lives-here";
export const DECLARED = `admin:admin:${ADMIN},anna:operator:${ANNA}`;

/** A server with the machine's own adb, which has a home, a key and a server process of its own for this test. */
export interface AdbHome {
  readonly app: TestApp;
  /** As Anna. */
  post(what: "connect" | "disconnect", address: string): Promise<Response>;
  devices(): Promise<Response>;
  /** The actor, the action and the address of each entry about adb. */
  log(): readonly (readonly string[])[];
}

/** Registers a test with the real adb. Where there is none the name of the test says so. */
export function adbTest(sentence: string, work: (home: AdbHome) => Promise<void>): void {
  const missing = findAdbProblem();
  if (missing !== undefined) Deno.test.ignore(`${sentence} [SKIPPED: ${missing}]`, () => {});
  else Deno.test(sentence, () => withAdb(work));
}

async function withAdb(work: (home: AdbHome) => Promise<void>): Promise<void> {
  await withTempDir(async (dir) => {
    const port = (await closedAddress()).split(":")[1] ?? "";
    const environment = { PATH: Deno.env.get("PATH"), HOME: dir, TMPDIR: dir, ANDROID_ADB_SERVER_PORT: port };
    const runAdb = createRunAdb(environment);
    try {
      await withAdbHome(runAdb, work);
    } finally {
      await runAdb(["kill-server"], new AbortController().signal);
    }
  });
}

export async function withAdbHome(runAdb: RunAdb, work: (home: AdbHome) => Promise<void>): Promise<void> {
  await withApp((app) => work(homeOf(app)), { runAdb, declared: DECLARED });
}

export function homeOf(app: TestApp): AdbHome {
  return {
    app,
    post: (what, address) => app.call("POST", `/api/v1/system/adb/${what}`, { json: { address }, token: ANNA }),
    devices: () => app.call("GET", "/api/v1/system/adb/devices", { token: ANNA }),
    log: () =>
      app.entries().filter(({ action }) => action.startsWith("device.adb_")).map((entry) => [
        entry.actor,
        entry.action,
        entry.message,
        JSON.stringify(entry.metadata),
      ]),
  };
}

export function findAdbProblem(): string | undefined {
  try {
    const { success } = new Deno.Command("adb", { args: ["version"], stdout: "null", stderr: "null" }).outputSync();
    return success ? undefined : "adb does not work";
  } catch {
    return "adb is not installed";
  }
}
