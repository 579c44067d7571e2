import { type Answer, LOOPBACK, type MulticastDns, openMulticastDns, type Packet } from "./mdns.ts";

/** A controller's presence in mDNS. */
export interface Announcement {
  /** Tells everybody, as a device does that starts. */
  repeat(): void;
  /** Whether anybody can hear it; false for good once this machine has refused. */
  works(): boolean;
  /** Says goodbye. */
  close(): Promise<void>;
}

interface AnnouncementDeps {
  readonly name: string;
  readonly mac: string;
  readonly port: number;
  /** False while unplugged: then nothing is answered, and no goodbye is said. */
  readonly isHeard: () => boolean;
  readonly warn: (message: string) => void;
}

const SERVICES = ["_wled._tcp.local", "_http._tcp.local"];
const HOST_TTL = 120;
const SERVICE_TTL = 4500;

/** A label of DNS has at most 63 bytes. */
function labelOf(name: string): string {
  const bytes = new TextEncoder().encode(name.replaceAll(".", " ")).subarray(0, 63);
  return new TextDecoder().decode(bytes).replace(/\ufffd+$/, "");
}

function recordsOf(service: string, { name, mac, port }: AnnouncementDeps): readonly Answer[] {
  const instance = `${labelOf(name)}.${service}`;
  const target = `wled-${mac.slice(6)}.local`;
  return [
    { name: service, type: "PTR", ttl: SERVICE_TTL, data: instance },
    { name: instance, type: "SRV", ttl: HOST_TTL, flush: true, data: { port, target } },
    { name: instance, type: "TXT", ttl: SERVICE_TTL, flush: true, data: [`mac=${mac}`] },
    { name: target, type: "A", ttl: HOST_TTL, flush: true, data: LOOPBACK },
  ];
}

/** Both services stand on the same address. */
const withoutRepeats = (answers: readonly Answer[]) =>
  answers.filter((one, at) =>
    answers.findIndex(({ name, type, data }) => `${name} ${type} ${data}` === `${one.name} ${one.type} ${one.data}`) ===
      at
  );

const same = (a: string, b: string) => a.toLowerCase() === b.toLowerCase();

/** What answers the questions, and beside it what whoever asks will want to know next. */
function answersTo({ questions }: Packet, records: readonly (readonly Answer[])[]) {
  const asked = ({ name, type }: Answer) =>
    questions.some((question) => same(question.name, name) && (question.type === type || question.type === "ANY"));
  const concerned = records.filter((service) => service.some(asked));
  const all = withoutRepeats(concerned.flat());
  return { answers: all.filter(asked), additionals: all.filter((record) => !asked(record)) };
}

function open(warn: (message: string) => void, failed: () => void): MulticastDns | undefined {
  try {
    const mdns = openMulticastDns();
    let [ready, refused] = [false, false];
    mdns.on("ready", () => ready = true);
    // Before it is ready nothing has come in: then it is the group that cannot be joined, which is tried and told again and
    // again. Later, what came is unreadable.
    const tell = (refusal: boolean) => (error: Error) => {
      if (refused) return;
      refused = refusal || !ready;
      if (refused) failed();
      warn(`mDNS: ${error.message}`);
    };
    mdns.on("error", tell(true));
    mdns.on("warning", tell(false));
    return mdns;
  } catch (error) {
    warn(`mDNS is not available: ${error instanceof Error ? error.message : String(error)}`);
    return undefined;
  }
}

/** Announces `_wled._tcp` and `_http._tcp` on loopback. Where that cannot be, warns and goes without. */
export function announce(deps: AnnouncementDeps): Announcement {
  const records = SERVICES.map((service) => recordsOf(service, deps));
  let failed = false;
  const mdns = open(deps.warn, () => failed = true);
  const all = withoutRepeats(records.flat());
  const respond = (answers: readonly Answer[], additionals: readonly Answer[] = []) =>
    new Promise<void>((resolve) => {
      if (mdns === undefined) return resolve();
      mdns.respond({ answers, additionals }, (error) => {
        if (error) deps.warn(`mDNS: ${error.message}`);
        resolve();
      });
    });
  const tell = (answers: readonly Answer[], additionals?: readonly Answer[]) =>
    void respond(answers, additionals).catch((error: unknown) => deps.warn(`mDNS: ${error}`));
  mdns?.on("ready", () => tell(all));
  mdns?.on("query", (packet) => {
    const { answers, additionals } = answersTo(packet, records);
    if (answers.length > 0 && deps.isHeard()) tell(answers, additionals);
  });
  return {
    repeat: () => tell(all),
    works: () => mdns !== undefined && !failed,
    async close() {
      if (mdns === undefined) return;
      if (deps.isHeard()) await respond(all.map((record) => ({ ...record, ttl: 0 })));
      await new Promise<void>((resolve) => mdns.destroy(resolve));
    },
  };
}
