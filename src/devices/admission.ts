import { isLanAddress } from "../base/lan_address.ts";
import type { Admission, Fields, Outside } from "../entities/definition.ts";
import { deviceHost } from "./place.ts";
import { PROVIDERS } from "./providers.ts";

/** When neither the client nor the device tells. */
const USUAL_LED_COUNT = 30;
/** A device is never waited for longer than this, name look-up and reading together. */
const PATIENCE_MS = 2800;

const REFUSED: Admission = {
  ok: false,
  problems: [{ field: "url", message: "must name a host with a private, link-local or loopback address" }],
};

async function within<T>(ms: number, otherwise: T, work: Promise<T>): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<T>((resolve) => {
    timer = setTimeout(resolve, ms, otherwise);
  });
  return await Promise.race([work, late]).finally(() => clearTimeout(timer));
}

async function readLedCount({ url, device_type }: Fields, outside: Outside): Promise<number> {
  if (typeof url !== "string") return USUAL_LED_COUNT;
  const provider = Object.values(PROVIDERS).find(({ type }) => type === device_type);
  return await provider?.readLedCount?.(url, outside) ?? USUAL_LED_COUNT;
}

async function admit(fields: Fields, outside: Outside): Promise<Admission> {
  const { url, led_count } = fields;
  const host = typeof url === "string" ? deviceHost(url) : undefined;
  // A name without addresses is let in: the device, or the network, may be off now.
  const addresses = host?.kind === "name" ? await outside.resolve(host.name) : [];
  if (!addresses.every(isLanAddress)) return REFUSED;
  if (typeof led_count === "number") return { ok: true, fields };
  return { ok: true, fields: { ...fields, led_count: await readLedCount(fields, outside) } };
}

/**
 * Refuses a name that leads out of the LAN, and fills in `led_count`. The address is checked before anything is read from
 * it. When time runs out the device counts as one that is off.
 */
export function admitDevice(fields: Fields, _given: Fields, outside: Outside): Promise<Admission> {
  const unanswered: Admission = { ok: true, fields: { ...fields, led_count: fields["led_count"] ?? USUAL_LED_COUNT } };
  return within(PATIENCE_MS, unanswered, admit(fields, outside));
}
