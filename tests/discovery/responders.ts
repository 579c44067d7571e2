/** Responders that are not ours. */
import Bonjour from "bonjour-service";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { eventually } from "../runtime/waiting.ts";
import { LOOPBACK } from "./real_network.ts";

export interface Responder {
  /** Ends with a goodbye. */
  close(): Promise<void>;
}

interface ServiceRecord {
  readonly type: string;
  readonly name: string;
  readonly ttl: number;
  readonly data: unknown;
}

// The library passes these on to the one beneath it; its types know only some of them.
export const openBonjour = () => new Bonjour({ interface: LOOPBACK, bind: "0.0.0.0" } as never);

/** `bonjour-service`. By itself it tells every address of the machine but loopback; here it tells that one alone. */
export function publishWithBonjour(name: string, port: number, mac: string): Responder {
  const bonjour = openBonjour();
  const host = `bonjour-${mac}.local`;
  const service = bonjour.publish({ name, type: "wled", port, host, txt: { mac }, probe: true });
  // Before it is done with asking for its name; its own types leave this method out.
  const open = service as unknown as { records: () => readonly ServiceRecord[] };
  const records = open.records.bind(service);
  open.records = () => [
    ...records().filter(({ type }) => type !== "A" && type !== "AAAA"),
    { type: "A", name: host, ttl: 120, data: LOOPBACK },
  ];
  return {
    close: () => new Promise((resolve) => bonjour.unpublishAll(() => bonjour.destroy(() => resolve()))),
  };
}

const SERVICES = "/etc/avahi/services";
const AVAHI = "/usr/sbin/avahi-daemon";

/** Why avahi cannot be tried here; undefined where it can. */
export function findAvahiProblem(): string | undefined {
  if (!existsSync(AVAHI)) return "avahi-daemon is not installed";
  if (Deno.uid() !== 0) return "avahi-daemon needs root";
  return existsSync("/run/avahi-daemon/pid") ? "another avahi-daemon is running" : undefined;
}

/** `avahi-daemon` on loopback alone, without D-Bus. Taking a service back is a goodbye. */
export async function startAvahi(dir: string, name: string, port: number, mac: string) {
  const config = join(dir, "avahi.conf");
  const service = join(SERVICES, `lumenlog-${mac}.service`);
  await Deno.writeTextFile(
    config,
    `[server]
host-name=avahi-${mac}
use-ipv4=yes
use-ipv6=no
allow-interfaces=lo
enable-dbus=no
disallow-other-stacks=no
[publish]
publish-hinfo=no
publish-workstation=no
`,
  );
  await Deno.mkdir(SERVICES, { recursive: true });
  await Deno.writeTextFile(
    service,
    `<?xml version="1.0" standalone="no"?>
<!DOCTYPE service-group SYSTEM "avahi-service.dtd">
<service-group><name>${name}</name><service><type>_wled._tcp</type><port>${port}</port>
<txt-record>mac=${mac}</txt-record></service></service-group>
`,
  );
  const daemon = new Deno.Command(AVAHI, {
    args: ["-f", config, "--no-drop-root", "--no-chroot", "--no-rlimits"],
    stdin: "null",
    stdout: "null",
    stderr: "null",
  }).spawn();
  let ended = false;
  void daemon.status.then(() => ended = true);
  const removeService = () => Deno.remove(service).catch(() => {}); // it was taken back already
  return {
    /** Takes the service back; the daemon goes on. */
    withdraw: async () => {
      await removeService();
      daemon.kill("SIGHUP");
    },
    close: async () => {
      await removeService();
      if (!ended) daemon.kill("SIGTERM");
      await eventually("avahi to end", () => Promise.resolve(ended || undefined));
    },
  };
}
