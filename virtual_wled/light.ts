import { changeState } from "./change_state.ts";
import type { Clock } from "./clock.ts";
import { findPreset } from "./presets.ts";
import { solidPixels } from "./solid_pixels.ts";
import { createState, type WledState } from "./state.ts";
import { createStream, type Stream } from "./stream.ts";
import { type Fields, isFields, numberOr } from "./values.ts";

/** A real controller reads presets from its flash behind the request that asked for one. */
const PRESET_DELAY = 40;

/** The strip and what it is told. */
export interface Light {
  state(): WledState;
  /** RGB of what the strip shows: the stream if there is one, otherwise the state. */
  pixels(): Uint8Array;
  apply(partial: unknown): void;
  press(): void;
  readonly stream: Stream;
  /** Takes back what is still to come. */
  stop(): void;
}

interface LightDeps {
  readonly ledCount: number;
  readonly clock: Clock;
  readonly changed: () => void;
}

/** The preset that a request asks to be loaded, 0 for none. */
const wantedPreset = (fields: Fields): number => numberOr(0, fields["ps"], 0, 251);

export function createLight({ ledCount, clock, changed }: LightDeps): Light {
  let state = createState(ledCount);
  let forget: (() => void) | undefined;

  function become(next: WledState) {
    if (JSON.stringify(next) === JSON.stringify(state)) return;
    state = next;
    changed();
  }
  function load(id: number) {
    forget?.();
    forget = clock.after(PRESET_DELAY, () => {
      forget = undefined;
      const preset = findPreset(id);
      if (preset !== undefined) become({ ...changeState(state, preset, ledCount), ps: id });
    });
  }
  const stream = createStream({
    ledCount,
    clock,
    shown: changed,
    ended() {
      if (state.lor === 1) state = { ...state, lor: 0 };
      changed();
    },
  });
  return {
    state: () => state,
    pixels: () => stream.source() && state.lor === 0 ? stream.frame().slice() : solidPixels(state, ledCount),
    apply(partial) {
      if (!isFields(partial)) return;
      if (partial["live"] === false) stream.end();
      become(changeState(state, partial, ledCount));
      if (wantedPreset(partial) > 0) load(wantedPreset(partial));
    },
    press: () => become(changeState(state, { on: "t" }, ledCount)),
    stream,
    stop() {
      forget?.();
      stream.end();
    },
  };
}
