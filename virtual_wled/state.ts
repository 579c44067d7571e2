/** Red, green, blue and, on RGBW strips, white, each 0..255. */
export type WledColor = readonly number[];

/** One stretch of the strip, as in `seg` of `/json/state`. */
export interface WledSegment {
  readonly id: number;
  /** First LED, and the one after the last. */
  readonly start: number;
  readonly stop: number;
  readonly len: number;
  readonly grp: number;
  readonly spc: number;
  readonly of: number;
  readonly on: boolean;
  readonly frz: boolean;
  readonly bri: number;
  readonly cct: number;
  readonly set: number;
  /** A name, where one was given. */
  readonly n?: string;
  readonly col: readonly [WledColor, WledColor, WledColor];
  readonly fx: number;
  readonly sx: number;
  readonly ix: number;
  readonly pal: number;
  readonly c1: number;
  readonly c2: number;
  readonly c3: number;
  readonly sel: boolean;
  readonly rev: boolean;
  readonly mi: boolean;
  readonly o1: boolean;
  readonly o2: boolean;
  readonly o3: boolean;
  readonly si: number;
  readonly m12: number;
}

export interface WledNightlight {
  readonly on: boolean;
  /** Minutes. */
  readonly dur: number;
  readonly mode: number;
  readonly tbri: number;
  /** Seconds left, -1 when off. */
  readonly rem: number;
}

/** The answer to `GET /json/state`. */
export interface WledState {
  readonly on: boolean;
  /** 1..255: the brightness while on, remembered while off. */
  readonly bri: number;
  /** In 100 ms. */
  readonly transition: number;
  /** The preset that is shown, -1 when none or changed since. */
  readonly ps: number;
  readonly pl: number;
  readonly ledmap: number;
  readonly AudioReactive: { readonly on: boolean };
  readonly nl: WledNightlight;
  readonly udpn: { readonly send: boolean; readonly recv: boolean; readonly sgrp: number; readonly rgrp: number };
  /** 0: a stream wins over the state; 1: the state wins until the stream ends; 2: always. */
  readonly lor: number;
  readonly mainseg: number;
  readonly seg: readonly WledSegment[];
}

const BLACK: WledColor = [0, 0, 0];

export const createSegment = (id: number, start: number, stop: number): WledSegment => ({
  id,
  start,
  stop,
  len: stop - start,
  grp: 1,
  spc: 0,
  of: 0,
  on: true,
  frz: false,
  bri: 255,
  cct: 127,
  set: 0,
  col: [[255, 160, 0], BLACK, BLACK],
  fx: 0,
  sx: 128,
  ix: 128,
  pal: 0,
  c1: 128,
  c2: 128,
  c3: 16,
  sel: true,
  rev: false,
  mi: false,
  o1: false,
  o2: false,
  o3: false,
  si: 0,
  m12: 0,
});

/** How a controller wakes up: warm, at half brightness, one segment over the whole strip. */
export const createState = (ledCount: number): WledState => ({
  on: true,
  bri: 128,
  transition: 7,
  ps: -1,
  pl: -1,
  ledmap: 0,
  AudioReactive: { on: false },
  nl: { on: false, dur: 60, mode: 1, tbri: 0, rem: -1 },
  udpn: { send: false, recv: true, sgrp: 1, rgrp: 1 },
  lor: 0,
  mainseg: 0,
  seg: [createSegment(0, 0, ledCount)],
});
