import { z } from "zod";
import type { DeviceAnswer, DeviceFailure, DeviceHttp } from "./device_http.ts";
import type { Applied, DriverPorts, LightDriver, NotApplied, Reading } from "./driver.ts";
import type { LightState } from "./light_state.ts";
import { parseWledState, wledChange, type WledState } from "./wled_state.ts";

/** WLED loads a preset from its file system after it has answered. */
const PRESET_PAUSE_MS = 150;
const PRESET_LOOKS = 7;
const BLINKS = 4;
const BLINK_MS = 250;

const WITH_STATE = z.looseObject({ state: z.unknown() });
const TAKEN = z.looseObject({ success: z.literal(true) });

type Seen = { readonly ok: true; readonly seen: WledState; readonly ms: number } | DeviceFailure;

/** A WLED controller, through its JSON API. */
export function createWledDriver(url: string, http: DeviceHttp, { pause }: DriverPorts): LightDriver {
  const look = async (signal: AbortSignal): Promise<Seen> => {
    const answer = await http.request(`${url}/json/si`, { signal });
    return seenIn(answer, answer.ok ? WITH_STATE.safeParse(answer.json).data?.state : undefined, false);
  };

  const post = async (body: Readonly<Record<string, unknown>>, signal: AbortSignal): Promise<Seen> => {
    const answer = await http.request(`${url}/json/state`, { method: "POST", body: { ...body, v: true }, signal });
    if (!answer.ok) return answer;
    // Some versions only say that they took it.
    return TAKEN.safeParse(answer.json).success ? afterSending(await look(signal)) : seenIn(answer, answer.json, true);
  };

  const choosePreset = async (
    preset: number,
    before: LightState,
    signal: AbortSignal,
  ): Promise<Applied | NotApplied> => {
    const asked = { begun: { preset } };
    const begun = await post({ ps: preset }, signal);
    if (!begun.ok) return { ...begun, ...asked };
    // When it is there already, nothing tells that the controller has read it anew; it gets some time for that.
    const least = before.preset === preset ? 3 : 1;
    let last: Seen = begun;
    for (let looks = 1; looks <= PRESET_LOOKS; looks++) {
      await pause(PRESET_PAUSE_MS);
      last = await look(signal);
      if (!last.ok) return { ...last, ...asked, sent: true };
      if (looks >= least && shows(last.seen, preset)) return appliedOf(last, true);
    }
    return appliedOf(last, false);
  };

  const blink = async (signal: AbortSignal): Promise<Seen | undefined> => {
    for (let count = 0; count < BLINKS; count++) {
      const toggled = await post({ on: "t", tt: 0 }, signal);
      if (!toggled.ok) return count === 0 ? toggled : afterSending(toggled);
      await pause(BLINK_MS);
    }
    return undefined;
  };

  return {
    read: async (signal) => readingOf(await look(signal)),
    apply: async (change, before, signal) => {
      const { preset, ...rest } = change;
      const body = wledChange(rest);
      if (preset === undefined) return appliedOf(await post(body, signal), true);
      const chosen = await choosePreset(preset, before, signal);
      if (!chosen.ok || !chosen.met || Object.keys(body).length === 0) return chosen;
      return appliedOf(afterSending(await post(body, signal)), true);
    },
    identify: async (before, signal) => {
      const failure = await blink(signal);
      const restored = afterSending(await post({ on: before.on, tt: 0 }, signal));
      return failure === undefined ? readingOf(restored) : readingOf(failure);
    },
  };
}

function seenIn(answer: DeviceAnswer, state: unknown, sent: boolean): Seen {
  if (!answer.ok) return answer;
  const seen = parseWledState(state);
  return seen === undefined ? { ok: false, reason: "not_wled", sent } : { ok: true, seen, ms: answer.ms };
}

const shows = ({ light, playlist }: WledState, preset: number): boolean =>
  light.preset === preset || playlist === preset;

const readingOf = (seen: Seen): Reading => seen.ok ? { ok: true, state: seen.seen.light, ms: seen.ms } : seen;

const appliedOf = (seen: Seen, met: boolean): Applied | DeviceFailure =>
  seen.ok ? { ok: true, state: seen.seen.light, ms: seen.ms, met } : seen;

/** What fails after something else was done leaves open what the light shows. */
const afterSending = (seen: Seen): Seen => seen.ok ? seen : { ...seen, sent: true };
