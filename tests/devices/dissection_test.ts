import { assertEquals } from "@std/assert";
import { join } from "node:path";
import { withTempDir } from "../support/engine.ts";
import { bodyOf, withHome } from "./home.ts";
import { startUdpReceiver } from "./udp_receivers.ts";

/** Raw IP, as pcap numbers it: no link layer around it. */
const RAW_IP = 101;
const UDP = 17;

const u16 = (value: number) => [value >> 8, value & 0xff];
const u32 = (value: number) => [...u16(value >>> 16), ...u16(value & 0xffff)];

/** A capture of datagrams from this machine to itself. */
function pcapOf(packets: readonly Uint8Array[], port: number): Uint8Array {
  const records = packets.flatMap((data) => {
    const udp = [...u16(49_152), ...u16(port), ...u16(8 + data.length), 0, 0, ...data];
    const ip = [0x45, 0, ...u16(20 + udp.length), 0, 0, 0, 0, 64, UDP, 0, 0, 127, 0, 0, 1, 127, 0, 0, 1];
    const length = ip.length + udp.length;
    return [...u32(0), ...u32(0), ...u32(length), ...u32(length), ...ip, ...udp];
  });
  return new Uint8Array([
    ...u32(0xa1b2c3d4),
    ...u16(2),
    ...u16(4),
    ...u32(0),
    ...u32(0),
    ...u32(65_535),
    ...u32(RAW_IP),
    ...records,
  ]);
}

/** Its versions differ in how they write numbers. */
const valueOf = (text: string) => text === "" || Number.isNaN(Number(text)) ? text : Number(text);

/** What Wireshark reads in the datagrams: the fields of each, and what is wrong with it. */
async function dissect(
  packets: readonly Uint8Array[],
  { port, options, fields }: {
    readonly port: number;
    readonly options: readonly string[];
    readonly fields: readonly string[];
  },
): Promise<readonly (readonly (string | number)[])[]> {
  let lines: readonly string[] = [];
  await withTempDir(async (dir) => {
    const file = join(dir, "sent.pcap");
    await Deno.writeFile(file, pcapOf(packets, port));
    const shown = [...fields, "_ws.malformed"].flatMap((field) => ["-e", field]);
    const args = ["-n", "-r", file, ...options, "-T", "fields", "-E", "separator=;", ...shown];
    const { stdout } = await new Deno.Command("tshark", { args, stderr: "null" }).output();
    lines = new TextDecoder().decode(stdout).trimEnd().split("\n");
  });
  return lines.map((line) => line.split(";").map(valueOf));
}

function tsharkProblem(): string | undefined {
  try {
    return new Deno.Command("tshark", { args: ["--version"], stdout: "null", stderr: "null" }).outputSync().success
      ? undefined
      : "tshark does not run here";
  } catch {
    return "tshark is not installed";
  }
}

function testWithTshark(name: string, fn: () => Promise<void>): void {
  const missing = tsharkProblem();
  if (missing === undefined) Deno.test(name, fn);
  else Deno.test.ignore(`${name} [SKIPPED: ${missing}]`, () => {});
}

/** Everything that such a light of 171 LEDs sends until the server has stopped. */
async function sentTo(device_type: string, more: Readonly<Record<string, unknown>>, least: number) {
  await using receiver = await startUdpReceiver();
  await withHome(async (home) => {
    const url = `${device_type}://127.0.0.1:${receiver.port}`;
    const id = await home.add({ device_type, url, led_count: 171, ...more });
    await bodyOf(await home.put(id, { on: true, color: "#010203" }));
  }, { started: false });
  return [...await receiver.count(least)];
}

testWithTshark("Wireshark reads what an sACN light sends as sound E1.31", async () => {
  const packets = await sentTo("sacn", { universe: 300, priority: 150 }, 14);
  const lines = await dissect(packets, {
    port: 5568,
    options: ["--enable-heuristic", "acn", "-o", "acn.dmx_enable:TRUE"],
    fields: ["universe", "priority", "seq_number", "options", "source_name", "count"].map((name) => `acn.dmx.${name}`),
  });
  const line = (
    universe: number,
    sequence: number,
    options: number,
  ) => [universe, 150, sequence, options, "Lumenlog", 513, ""];
  const frames = [1, 2, 3, 4].flatMap((each) => [line(300, each, 0), line(301, each, 0)]);
  const ends = [5, 6, 7].flatMap((each) => [line(300, each, 0x40), line(301, each, 0x40)]);
  assertEquals(lines, [...frames, ...ends]);
});

testWithTshark("Wireshark reads what an Art-Net light sends as sound ArtDmx", async () => {
  const packets = await sentTo("artnet", { universe: 0x1234 }, 8);
  const lines = await dissect(packets, {
    port: 6454,
    options: ["-d", "udp.port==6454,artnet"],
    fields: ["artnet.header.opcode", ...["universe", "sequence", "length"].map((name) => `artnet.output.${name}`)],
  });
  assertEquals(
    lines,
    [1, 2, 3, 4].flatMap((sequence) => [[0x5000, 4660, sequence, 510, ""], [0x5000, 4661, sequence, 4, ""]]),
  );
});
