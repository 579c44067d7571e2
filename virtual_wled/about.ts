import { EFFECTS, PALETTES } from "./catalogues.ts";
import { MOST_SEGMENTS } from "./change_segments.ts";

/** From where and how a stream comes, while one does. */
export interface LiveSource {
  readonly mode: "UDP" | "DDP";
  readonly address: string;
}

export interface About {
  readonly name: string;
  readonly mac: string;
  readonly ip: string;
  readonly ledCount: number;
  readonly realtimePort: number;
  readonly segmentCount: number;
  /** Milliseconds since power came. */
  readonly uptime: number;
  readonly live: LiveSource | undefined;
}

const pad = (value: number) => String(value).padStart(2, "0");

/** Without a time server a controller counts from 1970. */
function clockText(seconds: number): string {
  const time = new Date(seconds * 1000);
  const date = `${time.getUTCFullYear()}-${time.getUTCMonth() + 1}-${time.getUTCDate()}`;
  return `${date}, ${pad(time.getUTCHours())}:${pad(time.getUTCMinutes())}:${pad(time.getUTCSeconds())}`;
}

const ledsOf = ({ ledCount, segmentCount }: About) => ({
  count: ledCount,
  pwr: 40 + ledCount * 6,
  fps: 42,
  maxpwr: 850,
  maxseg: MOST_SEGMENTS,
  bootps: 0,
  seglc: Array.from({ length: segmentCount }, () => 1),
  lc: 1,
  rgbw: false,
  wv: 0,
  cct: 0,
});

const chipOf = (mac: string) => ({
  arch: "esp32",
  core: "virtual",
  clock: 240,
  flash: 4,
  lwip: 0,
  bootloaderSHA256: "0".repeat(64),
  freeheap: 180_000,
  deviceId: `${mac}${"0".repeat(30)}`,
});

const networkOf = () => ({
  wifi: { bssid: "02:00:00:00:00:01", rssi: -58, signal: 84, channel: 6, ap: false },
  fs: { u: 12, t: 983, pmt: 0 },
  ndc: 0,
});

/** The answer to `GET /json/info`. */
export function aboutText(about: About): string {
  const { name, mac, ip, realtimePort, live, uptime } = about;
  const seconds = Math.floor(uptime / 1000);
  return JSON.stringify({
    ver: "0.15.4",
    vid: 2508020,
    cn: "Virtual",
    release: "VIRTUAL",
    repo: "",
    leds: ledsOf(about),
    str: false,
    name,
    udpport: realtimePort,
    simplifiedui: false,
    live: live !== undefined,
    liveseg: -1,
    lm: live?.mode ?? "",
    lip: live?.address ?? "",
    ws: -1,
    fxcount: EFFECTS.length,
    palcount: PALETTES.length,
    cpalcount: 0,
    maps: [{ id: 0 }],
    ...networkOf(),
    ...chipOf(mac),
    uptime: seconds,
    time: clockText(seconds),
    u: { AudioReactive: ["none"] },
    opt: 79,
    brand: "WLED",
    product: "Virtual",
    mac,
    ip,
  });
}
