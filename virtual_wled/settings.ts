import type { Fields } from "./values.ts";

export interface SettingsFacts {
  readonly name: string;
  readonly mac: string;
  readonly ledCount: number;
  readonly realtimePort: number;
}

const identity = ({ name, mac }: SettingsFacts) => ({
  rev: [1, 0],
  vid: 2508020,
  id: { mdns: `wled-${mac.slice(6)}`, name, inv: "Light", sui: false },
});

const network = () => ({
  nw: {
    ins: [{ ssid: "Virtual", pskl: 0, ip: [0, 0, 0, 0], gw: [0, 0, 0, 0], sn: [255, 255, 255, 0] }],
    dns: [0, 0, 0, 0],
  },
  ap: { ssid: "WLED-AP", pskl: 8, chan: 1, hide: 0, behav: 0, ip: [4, 3, 2, 1] },
  wifi: { sleep: true, phy: true, txpwr: 78 },
});

const hardware = ({ ledCount }: SettingsFacts) => ({
  hw: {
    led: {
      total: ledCount,
      maxpwr: 850,
      cct: false,
      cr: false,
      cb: 0,
      fps: 42,
      rgbwm: 255,
      ins: [{ start: 0, len: ledCount, pin: [16], order: 0, rev: false, skip: 0, type: 22, ref: false, rgbwm: 0 }],
    },
    com: [],
    btn: { max: 4, pull: true, ins: [{ type: 2, pin: [0], macros: [0, 0, 0] }], tt: 32, mqtt: false },
    ir: { pin: -1, type: 0, sel: true },
    relay: { pin: -1, rev: false, odrain: false },
    baud: 1152,
  },
});

const light = () => ({
  light: {
    "scale-bri": 100,
    "pal-mode": 0,
    aseg: false,
    gc: { bri: 1, col: 2.8, val: 2.8 },
    tr: { mode: true, dur: 7, pal: 0, rpc: 5 },
    nl: { mode: 1, dur: 60, tbri: 0, macro: 0 },
  },
  def: { ps: 0, on: true, bri: 128 },
});

/** A stream is shown at its full brightness (`maxbri`), as it is here. */
const interfaces = ({ realtimePort }: SettingsFacts) => ({
  if: {
    sync: {
      port0: realtimePort,
      port1: 65506,
      recv: { bri: true, col: true, fx: true, grp: 1, seg: false, sb: false },
      send: { en: false, dir: false, btn: false, va: false, hue: true, macro: false, grp: 1, ret: 0 },
    },
    nodes: { list: true, bcast: true },
    live: {
      en: true,
      mso: false,
      port: 5568,
      mc: false,
      dmx: { uni: 1, seqskip: false, addr: 1, dss: 0, mode: 4, e131prio: 0 },
      timeout: 25,
      maxbri: true,
      "no-gc": true,
      offset: 0,
    },
    va: { alexa: false, macros: [0, 0], p: 0 },
    mqtt: { en: false, broker: "", port: 1883, user: "", pskl: 0, cid: "", topics: { device: "", group: "" } },
    ntp: { en: false, host: "", tz: 0, offset: 0, ampm: false, ln: 0, lt: 0 },
  },
});

const rest = () => ({
  ol: { clock: 0, cntdwn: false, min: 0, max: 29, o12pix: 0, o5m: false, osec: false },
  timers: { cntdwn: { goal: [20, 1, 1, 0, 0, 0], macro: 0 }, ins: [] },
  ota: { lock: false, "lock-wifi": false, pskl: 0, aota: false },
  um: {},
});

/** The settings file: the parts that programs read of a controller, passwords only as their lengths. */
export const settingsOf = (facts: SettingsFacts): Fields => ({
  ...identity(facts),
  ...network(),
  ...hardware(facts),
  ...light(),
  ...interfaces(facts),
  ...rest(),
});
