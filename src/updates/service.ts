import { bindActions, type ChangeTx, type Recorder } from "../audit/mod.ts";
import type { Clock, Entropy, Reader, Turn } from "../audit/ports.ts";
import { Refusal } from "../base/errors.ts";
import type { Log } from "../base/log.ts";
import type { ServerControl } from "../base/server_control.ts";
import type { Setting } from "../base/setting.ts";
import { updateActions } from "./actions.ts";
import { applyOffer } from "./applying.ts";
import { fetchRelease, readWhole } from "./fetching.ts";
import { within } from "./limit.ts";
import { MANIFEST_BYTES, parseManifest } from "./manifest.ts";
import { findOffer, type Offer } from "./offer.ts";
import type { UpdateSettings, UpdateSettingsChange, UpdateState, UpdateStatus } from "./schemas.ts";
import { findDismissed, writeDismissed } from "./store.ts";
import { type Support, supportOf, type UpdateSetup } from "./support.ts";
import { tellUndone, toldOrTakenBack } from "./telling.ts";
import { startDaily } from "./timetable.ts";
import { describe, wordsOf } from "./words.ts";

/** The server's own updates. What fails on the way is told by the status; what may not be asked now is a Refusal. */
export interface Updates {
  status(): UpdateStatus;
  /** Looks for a new version now. */
  check(): Promise<UpdateStatus>;
  /** Begins to become the available version; resolves at once, and the server restarts when it is done. */
  apply(): Promise<UpdateStatus>;
  /** Remembers that nobody wants to be told of the available version. Rejects when that cannot be stored. */
  dismiss(): Promise<UpdateStatus>;
  settings(): UpdateSettings;
  /** Rejects when it cannot be stored. */
  change(wanted: UpdateSettingsChange): Promise<UpdateSettings>;
  /** Puts an update that was undone on record, and looks for a version once a day until the signal aborts. */
  start(signal: AbortSignal): Promise<void>;
  /** Gives up what is under way and waits for that. */
  stop(): Promise<void>;
}

export interface UpdatesDeps {
  readonly sql: Reader;
  readonly recorder: Recorder;
  readonly clock: Clock;
  readonly turn: Turn;
  readonly entropy: Entropy;
  readonly log: Log;
  readonly control: Pick<ServerControl, "end" | "restarts">;
  /** The version that runs. */
  readonly version: string;
  readonly settings: Setting<UpdateSettings>;
  readonly setup: UpdateSetup | undefined;
  /** Puts on record, in the same change, that the server restarts for it. */
  readonly recordRestart: (tx: ChangeTx) => void;
  /** Makes a copy of the database before the program is replaced, and tells its path. */
  readonly beforeApply?: () => Promise<string | null>;
}

const LIMITS = { checkMs: 30_000, applyMs: 30 * 60_000 } as const;

/** Rejects when the database does not answer. */
export async function openUpdates(deps: UpdatesDeps): Promise<Updates> {
  const { recorder, clock, turn, version, settings, control } = deps;
  const record = bindActions(recorder, updateActions);
  const support = supportOf(deps.setup, control.restarts);
  const ending = new AbortController();
  let dismissed = await findDismissed(deps.sql);
  let state: UpdateState = "idle";
  let found: Offer | undefined;
  let received = 0;
  let checkedAt: number | undefined;
  let problem: string | null = null;
  let work: Promise<void> = Promise.resolve();

  const status = (): UpdateStatus => ({
    supported: support.ok,
    reason: support.ok ? null : support.reason,
    state,
    version,
    available: found === undefined ? null : presentOffer(found),
    dismissed: found !== undefined && found.version === dismissed,
    progress: found !== undefined && state === "downloading" ? { received, total: found.size } : null,
    checked_at: checkedAt === undefined ? null : new Date(checkedAt).toISOString(),
    problem,
  });
  const settle = () => void (state = found === undefined ? "idle" : "available");

  /** One thing at a time; whatever becomes of it, what is known stays known. */
  const step = async (what: string, ms: number, doing: (signal: AbortSignal) => Promise<void>): Promise<void> => {
    problem = null;
    try {
      await within({ turn, ms, outer: ending.signal }, doing);
    } catch (error) {
      problem = `${what}: ${wordsOf(error) ?? "something unexpected went wrong; the process log tells more"}`;
      deps.log.warning("An update went no further", { problem, error: describe(error) });
      settle();
    }
  };
  const look = (ready: Supported) =>
    step("Cannot look for a new version", LIMITS.checkMs, async (signal) => {
      const { url, answer } = await fetchRelease(ready.http, ready.url, signal);
      const manifest = parseManifest(await readWhole(answer, MANIFEST_BYTES, signal).finally(answer.close));
      const { channel } = settings.current();
      const { target } = ready.program;
      found = findOffer(manifest, { channel, target, version, key: ready.key, from: url });
      checkedAt = clock.now();
      settle();
      if (found !== undefined) deps.log.info("A newer version is available", { version: found.version });
    });
  const become = (ready: Supported, offer: Offer) =>
    step(`Cannot update to ${offer.version}`, LIMITS.applyMs, async (signal) => {
      const { http, program } = ready;
      const steps = { http, program, version, beforeApply: deps.beforeApply };
      const progress = (bytes: number) => void (received = bytes);
      await applyOffer({ ...steps, progress, ready: () => void (state = "ready") }, offer, signal);
      await toldOrTakenBack(program, () =>
        recorder.change((tx) => {
          record.recordIn(tx, "update.applied", { metadata: { version: offer.version } });
          deps.recordRestart(tx);
          return Promise.resolve();
        }));
      state = "applied";
      control.end("restart", "update");
    });
  const supported = (): Supported => {
    if (!support.ok) throw new Refusal("conflict", support.reason);
    if (state === "downloading" || state === "ready" || state === "applied") {
      throw new Refusal("conflict", "An update is under way already");
    }
    return support;
  };
  const offered = (): Offer => {
    if (found === undefined) throw new Refusal("conflict", "No new version is known: look for one first");
    return found;
  };

  const check = async (): Promise<UpdateStatus> => {
    const ready = supported();
    if (state !== "checking") {
      state = "checking";
      work = look(ready);
    }
    await work;
    return status();
  };

  return {
    status,
    check,
    apply: () => {
      const [ready, offer] = [supported(), offered()];
      if (state === "checking") throw new Refusal("conflict", "Cannot update now: the server is looking for a version");
      state = "downloading";
      received = 0;
      work = become(ready, offer);
      return Promise.resolve(status());
    },
    dismiss: async () => {
      supported();
      const offer = offered();
      await recorder.change(async (tx) => {
        if (await findDismissed(tx) === offer.version) return;
        await writeDismissed(tx, offer.version);
        record.recordIn(tx, "update.dismissed", { metadata: { version: offer.version } });
      });
      dismissed = offer.version;
      return status();
    },
    settings: settings.current,
    change: async (wanted) => {
      const { channel } = settings.current();
      const { value } = await settings.change(definedOf(wanted));
      if (value.channel !== channel && state === "available") {
        found = undefined; // it may be none for this channel
        settle();
      }
      return value;
    },
    start: async (signal) => {
      problem = await tellUndone(deps, (undone) =>
        recorder.change((tx) => {
          record.recordIn(tx, "update.rolled_back", { metadata: { version: undone } });
          return Promise.resolve();
        }));
      if (!support.ok) return;
      const checkDaily = async () => {
        const busy = state !== "idle" && state !== "available";
        if (settings.current().check_daily && !busy) await check();
      };
      startDaily(deps, checkDaily, signal);
    },
    stop: async () => {
      ending.abort();
      await work;
    },
  };
}

type Supported = Extract<Support, { readonly ok: true }>;

const presentOffer = ({ version, notes, releasedAt, size }: Offer) => ({
  version,
  notes,
  released_at: releasedAt,
  size,
});

function definedOf({ check_daily, channel }: UpdateSettingsChange): Partial<UpdateSettings> {
  return { ...(check_daily === undefined ? {} : { check_daily }), ...(channel === undefined ? {} : { channel }) };
}
