import type { Browser, LaunchOptions } from "playwright-core";
import { type Candidate, chromiumCandidates } from "./chromium.ts";

const LAUNCH_MS = 60_000;
/** Nothing listens at the proxy: whatever is not on this machine cannot be reached. */
const ONLY_HERE = { server: "http://127.0.0.1:1", bypass: "127.0.0.1" };

/** The first browser that starts; rejects with the reasons of all when none does. */
export async function launchBrowser(): Promise<Browser> {
  const failures: unknown[] = [];
  for (const candidate of chromiumCandidates()) {
    try {
      return await launch(candidate);
    } catch (error) {
      failures.push(error);
    }
  }
  throw new AggregateError(failures, `Cannot start Chromium: ${failures.map(String).join("\n")}`);
}

async function launch(candidate: Candidate): Promise<Browser> {
  const { path, env } = await candidate();
  const chromium = await loadPlaywright();
  const options: LaunchOptions = {
    executablePath: path,
    env: { ...Deno.env.toObject(), ...env },
    // Root and containers have no sandbox to offer; the only pages are our own.
    chromiumSandbox: false,
    proxy: ONLY_HERE,
    timeout: LAUNCH_MS,
    handleSIGHUP: false,
    handleSIGINT: false,
    handleSIGTERM: false,
  };
  return await chromium.launch(options);
}

/** Only when a browser is wanted, and told not to look for Windows in /proc, for which Deno asks every permission. */
async function loadPlaywright() {
  Deno.env.set("__IS_WSL_TEST__", "1");
  return (await import("playwright-core")).chromium;
}
