import type { Turn } from "../audit/ports.ts";
import type { Sent } from "./device_udp.ts";
import type { LightDriver } from "./driver.ts";
import { changedState, OFF } from "./kept_state.ts";
import type { LightState } from "./light_state.ts";
import type { PixelSink } from "./pixels.ts";
import type { Parting } from "./provider.ts";
import { solidFrame } from "./solid.ts";

/** A light that knows nothing but the frames it is sent. What it shows is what was sent last. */
export interface PixelLight extends LightDriver {
  kept(): LightState;
  /** Leaves the line silent, if it is not so already, and the light dark; one that is on may also stay as it is. */
  close(parting?: Parting): Promise<void>;
}

/** Receivers give up after 2.5 s without a frame. */
const REPEAT_MS = 1000;
/** A datagram may get lost: darkness is sent so many times, and then nothing. */
const DARK_FRAMES = 3;
const DARK_PAUSE_MS = 100;
const BLINK_MS = 250;
const BRIGHT: LightState = { on: true, brightness: 1, color: "#ffffff", preset: null };
const BLINKS: readonly LightState[] = [BRIGHT, OFF, BRIGHT, OFF];

export function createPixelLight(
  { sink, ledCount, delay, before }: {
    readonly sink: PixelSink;
    readonly ledCount: number;
    readonly delay: Turn["delay"];
    /** If this is on, it is shown from the start. */
    readonly before: LightState | null;
  },
): PixelLight {
  let state = before ?? OFF;
  /** Frames go out by themselves. */
  let streaming = false;
  let closed = false;
  let underWay = false;
  let cancel = () => {};

  const send = (shown: LightState) => sink.send(solidFrame(shown, ledCount));
  /** On a line that cannot keep up, frames are left out rather than heaped up. */
  const repeat = () => {
    if (underWay) return;
    underWay = true;
    const done = () => void (underWay = false);
    void send(state).then(done, done);
  };
  const next = (work: () => void, ms: number) => {
    cancel();
    streaming = true;
    cancel = delay(work, ms);
  };

  const goOn = () =>
    next(() => {
      repeat();
      goOn();
    }, REPEAT_MS);

  const goDark = (left: number) =>
    next(() => {
      if (left > 0) {
        void send(state).catch(() => {}); // it never does
        return goDark(left - 1);
      }
      streaming = false;
      void sink.end().catch(() => {}); // it never does
    }, DARK_PAUSE_MS);

  const keepUp = () => state.on ? goOn() : goDark(DARK_FRAMES - 1);

  const close = async (parting: Parting = "dark") => {
    cancel();
    closed = true;
    const stays = state.on && parting === "as_it_is";
    state = { ...state, on: false };
    if (!streaming) return;
    streaming = false;
    // Also the end of an sACN stream would put it out.
    if (stays) return;
    // All at once: what comes to the same place afterwards stays behind it.
    await Promise.all([...Array.from({ length: DARK_FRAMES }, () => send(OFF)), sink.end()]);
  };

  const show = async (shown: LightState): Promise<Sent> => {
    if (closed) return GONE;
    const wasStreaming = streaming;
    // A frame of before that fell due now would come behind this one.
    cancel();
    streaming = true;
    const sent = await send(shown);
    if (closed) return GONE;
    if (sent.ok) state = shown;
    if (sent.ok || wasStreaming) keepUp();
    return sent;
  };

  const blink = async (): Promise<Sent> => {
    cancel();
    for (const shown of BLINKS) {
      const sent: Sent = closed ? GONE : await send(shown);
      if (!sent.ok) return sent;
      streaming = true;
      await new Promise<void>((resolve) => void delay(resolve, BLINK_MS));
    }
    return { ok: true };
  };

  const told = () => ({ ok: true, state, ms: 0 }) as const;
  if (state.on) {
    repeat();
    goOn();
  }

  return {
    read: () => Promise.resolve(told()),
    apply: async (change) => {
      const wanted = changedState(state, change);
      // What is only made ready leaves the light to whoever uses it meanwhile.
      const isSilent = !wanted.on && change.on === undefined;
      if (isSilent) state = wanted;
      const sent: Sent = isSilent ? { ok: true } : await show(wanted);
      return sent.ok ? { ...told(), met: true } : sent;
    },
    identify: async () => {
      const blinked = await blink();
      const restored = await show(state);
      const failed = [blinked, restored].find((sent) => !sent.ok);
      return failed === undefined || failed.ok ? told() : failed;
    },
    kept: () => state,
    close,
  };
}

const GONE = { ok: false, reason: "unreachable", sent: false } as const;
