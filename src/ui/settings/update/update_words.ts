import { ago } from "../../base/format.ts";
import type { UpdatePhase, UpdateStatus } from "./answers.ts";

const WORDS: Readonly<Record<UpdatePhase, (status: UpdateStatus, newer: string, now: number) => string>> = {
  idle: ({ checked_at }, _, now) =>
    checked_at === null ? "Not checked for updates yet." : `This is the newest; checked ${ago(checked_at, now)}.`,
  checking: () => "Looking for an update…",
  available: ({ dismissed }, newer) =>
    dismissed ? `Version ${newer} is there; somebody did not want it.` : `Version ${newer} is there.`,
  downloading: (_, newer) => `Downloading version ${newer}…`,
  ready: (_, newer) => `Version ${newer} is downloaded and verified.`,
  applied: (_, newer) => `Version ${newer} is in place; the server restarts with it.`,
};

/** How an update stands, as a sentence. */
export const updateWords = (status: UpdateStatus, now = Date.now()): string =>
  WORDS[status.state](status, status.available?.version ?? "", now);
