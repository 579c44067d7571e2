import type { ConfigHistorySetup } from "../../src/config_history/service.ts";

/** What the server reads configurations with, when nothing is said over SSH. */
export const configSetup = (setup: Partial<ConfigHistorySetup> = {}): ConfigHistorySetup => ({
  key: new Uint8Array(32).fill(7),
  runOverSsh: () => Promise.resolve({ ok: false, code: "device_failed", words: "there is no SSH here" }),
  site: "studio",
  ...setup,
});

/** For texts that are short enough to be read in one turn. */
export const NEVER = () => undefined;
