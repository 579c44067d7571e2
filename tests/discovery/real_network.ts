import { createSocket } from "node:dgram";
import type { Mdns } from "../../src/discovery/mdns.ts";
import { createMdns } from "../../src/runtime/mdns.ts";
import { type InterfaceAddress, listInterfaces } from "../../src/runtime/mdns_interfaces.ts";
import { systemPorts } from "../../src/runtime/ports.ts";
import { type AppOptions, type TestApp, withApp } from "../support/app.ts";
import { eventually } from "../runtime/waiting.ts";

/** Nothing of these tests leaves this machine. Others are at work there too: names are unique, and only those count. */
export const LOOPBACK = "127.0.0.1";
/** Another sender on this machine: what it may do in a minute is counted apart. */
export const ELSEWHERE = "127.0.0.66";

const ours = new Set<string>();

export function ownName(word: string): string {
  const name = `${word} ${crypto.randomUUID().slice(0, 8)}`;
  ours.add(name);
  return name;
}

/** Without the packets about devices of other tests: their entries would take the place of ours within a minute. */
const withoutOthers = (mdns: Mdns): Mdns => ({
  ...mdns,
  start: (hearings) =>
    mdns.start(hearings.map((hearing) => ({
      ...hearing,
      answered: (records, sender) => {
        const text = JSON.stringify(records);
        const foreign = text.includes("._wled._tcp") && ![...ours].some((name) => text.includes(name));
        if (!foreign) hearing.answered(records, sender);
      },
    }))),
});

export interface Found {
  readonly id: string;
  readonly name: string;
  readonly url: string;
  readonly host: string;
  readonly mac: string | null;
}

/** A server with mDNS on loopback, and what it finds. */
export interface Seeker {
  readonly app: TestApp;
  /** Lines of the process log that are about the network. */
  readonly warnings: readonly string[];
  list(): Promise<{ readonly items: readonly Found[]; readonly problem: string | null }>;
  /** Waits until a device of this name is listed. */
  found(name: string): Promise<Found>;
  /** Waits until none of this name is. */
  lost(name: string): Promise<void>;
  /** Waits until there are so many entries about this name, and answers their actions. */
  entries(name: string, count: number): Promise<readonly string[]>;
}

export async function withSeeker(
  work: (seeker: Seeker) => Promise<void>,
  { interfaces = listInterfaces, ...options }:
    & { readonly interfaces?: () => readonly InterfaceAddress[] }
    & Pick<AppOptions, "own"> = {},
): Promise<void> {
  const warnings: string[] = [];
  const note = (message: string) => void warnings.push(message);
  const { clock, turn } = systemPorts();
  const log = { warning: note, info: note };
  const mdns = withoutOthers(createMdns({ only: LOOPBACK, log, clock, turn, interfaces }));
  await withApp(async (app) => {
    await app.app.start();
    const list = async () => await (await app.call("GET", "/api/v1/devices/discovered")).json();
    const named = async (name: string): Promise<Found | undefined> =>
      (await list()).items.find((found: Found) => found.name === name);
    const about = (name: string) =>
      app.entries().filter(({ message, action }) => message.includes(`'${name}'`) && action.startsWith("device."));
    await work({
      app,
      warnings,
      list,
      found: (name) => eventually(`${name} to be found`, () => named(name)),
      lost: (name) =>
        eventually(`${name} to be lost`, async () => await named(name) ? undefined : true).then(() => undefined),
      entries: (name, count) =>
        eventually(`${count} entries about ${name}`, () => {
          const actions = about(name).map(({ action }) => action);
          return Promise.resolve(actions.length >= count ? actions : undefined);
        }),
    });
  }, { mdns, ...options });
}

/** Sends packets as they stand to everybody who listens on loopback, from the port of mDNS and an address of its own. */
export async function sendRaw(packets: readonly Uint8Array[], port = 5353): Promise<void> {
  const socket = createSocket({ type: "udp4", reuseAddr: true });
  await new Promise<void>((resolve) => socket.bind(port, ELSEWHERE, resolve));
  socket.setMulticastInterface(LOOPBACK);
  socket.setMulticastLoopback(true);
  for (const packet of packets) {
    await new Promise<void>((resolve) => socket.send(packet, 5353, "224.0.0.251", () => resolve()));
  }
  await new Promise<void>((resolve) => socket.close(resolve));
}
