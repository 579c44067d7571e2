import { z } from "zod";
import { defineEntity, type FieldProblem, type Fields } from "../entities/definition.ts";
import { exactText } from "../entities/text.ts";
import { deviceUrl, deviceUrlProblem } from "./address.ts";
import { admitDevice } from "./admission.ts";
import { CAPABILITIES } from "./capabilities.ts";
import { OFFLINE_REASONS } from "./device_http.ts";
import { LIGHT_STATE } from "./light_state.ts";
import { DEVICE_TYPES, PROVIDERS } from "./providers.ts";

const RGB_ORDERS = ["rgb", "rbg", "grb", "gbr", "brg", "bgr"];

const rgbOrder = () =>
  z.string().toLowerCase().refine((order) => RGB_ORDERS.includes(order), `must be one of ${RGB_ORDERS.join(", ")}`)
    .meta({ enum: RGB_ORDERS });

/** A POSIX account name, never one that a command would take for an option. */
const sshUser = () => exactText(64).regex(/^[A-Za-z0-9_][A-Za-z0-9_.-]*$/, "must be an account name");
const sshIdentity = () => exactText(1024).regex(/^[^-]/, "must not start with -");

const fields = z.strictObject({
  device_type: z.enum(DEVICE_TYPES),
  url: deviceUrl().nullable().default(null)
    .describe(
      "Where the device is on the LAN, e.g. `http://192.168.1.20` or `ddp://strip.local`. Optional for virtual.",
    ),
  led_count: z.int().min(1).max(10_000).nullish()
    .describe("Left out or null: read from the device where it can tell, else 30."),
  rgb_order: rgbOrder().default("rgb").describe("Order in which the strip expects the colour channels."),
  universe: z.int().min(0).max(63_999).default(1).describe("First universe (sACN 1..63999, Art-Net 0..32767)."),
  priority: z.int().min(0).max(200).default(100).describe("sACN priority; the highest source wins."),
  enabled: z.boolean().default(true),
  ssh_user: sshUser().nullable().default(null).describe("Account for routeros."),
  ssh_identity: sshIdentity().nullable().default(null)
    .describe("Path of the private key file for routeros, which the account of the server can read."),
});

function check(given: Fields): readonly FieldProblem[] {
  const { device_type, url, universe, led_count } = fields.parse(given);
  const provider = PROVIDERS[device_type];
  const message = deviceUrlProblem(provider, url);
  return [
    ...(message === undefined ? [] : [{ field: "url", message }]),
    ...provider.check?.({ universe, led_count: led_count ?? 1 }) ?? [],
  ];
}

/** A controller of light, or network gear whose configuration is kept (routeros). */
export const deviceEntity = defineEntity({
  type: "device",
  path: "devices",
  prefix: "dev",
  fields,
  status: { online: null, latency_ms: null, last_seen_at: null, offline_reason: null, state: null, capabilities: [] },
  statusSchema: z.object({
    online: z.boolean().nullable().describe("Null until the first health check."),
    latency_ms: z.number().nullable().describe("Of its last good answer; null while it is offline."),
    last_seen_at: z.iso.datetime().nullable(),
    offline_reason: z.enum(OFFLINE_REASONS).nullable().describe("Why the last check failed, if it did."),
    state: LIGHT_STATE.nullable().describe("What the light showed when it was last seen."),
    capabilities: z.array(z.enum(CAPABILITIES)).describe("What can be done with it, by its type."),
  }),
  secrets: [],
  check,
  admit: admitDevice,
});
