import type { EntityForm } from "../library/form/entity_form.ts";
import type { Field, Shape } from "../library/form/shapes.ts";
import type { DeviceType } from "./device.ts";

const TEXT: Shape = { control: "text", lines: false, nullable: false };
const TEXT_OR_NONE: Shape = { control: "text", lines: false, nullable: true };
const WHOLE: Shape = { control: "number", whole: true, nullable: false };

export const RGB_ORDERS = ["rgb", "rbg", "grb", "gbr", "brg", "bgr"] as const;

const field = (name: string, label: string, shape: Shape, start: unknown, help = ""): Field => ({
  name,
  label,
  help,
  unit: "",
  start,
  shape,
});

const FIELDS = [
  field("name", "Name", TEXT, ""),
  field("device_type", "Type", { control: "choice", options: [] }, "wled"),
  field("url", "Address", TEXT_OR_NONE, null),
  field(
    "led_count",
    "LED count",
    { control: "number", whole: true, nullable: true },
    null,
    "Left empty: what the device says, or 30.",
  ),
  field(
    "rgb_order",
    "RGB order",
    { control: "choice", options: RGB_ORDERS },
    "rgb",
    "In which order the strip takes the colours.",
  ),
  field("universe", "Universe", WHOLE, 1, "The first one; a long strip goes on in the next."),
  field("priority", "Priority", WHOLE, 100, "0 to 200. Of several senders the highest wins."),
  field("ssh_user", "SSH user", TEXT_OR_NONE, null),
  field("ssh_identity", "SSH key file", TEXT_OR_NONE, null, "The path of the private key on the server."),
  field("tags", "Tags", { control: "words" }, [], "Words to find it by, with commas between."),
  field("description", "Description", TEXT, ""),
  field("enabled", "Enabled", { control: "flag" }, true, "Is checked and can be switched."),
];

/** How a device is edited. */
export const DEVICE_FORM: EntityForm = {
  type: "device",
  fields: FIELDS,
  group: { control: "group", fields: FIELDS, nullable: false },
  status: ["online", "latency_ms", "last_seen_at", "offline_reason", "state", "capabilities"],
};

interface TypeFields {
  /** Where such a device is, for example. */
  readonly url: string;
  readonly urlHelp: string;
  /** The fields that only some types have. */
  readonly own: readonly string[];
}

const STRIP = ["led_count", "rgb_order"] as const;

const BY_TYPE: Readonly<Record<DeviceType, TypeFields>> = {
  wled: {
    url: "http://192.168.1.20",
    urlHelp: "The controller's own page, http or https, e.g. http://wled-shelf.local",
    own: STRIP,
  },
  ddp: { url: "ddp://192.168.1.21", urlHelp: "ddp:// and the host; port 4048 unless said otherwise.", own: STRIP },
  sacn: {
    url: "sacn://192.168.1.22",
    urlHelp: "sacn:// and the host; port 5568 unless said otherwise.",
    own: [...STRIP, "universe", "priority"],
  },
  artnet: {
    url: "artnet://192.168.1.23",
    urlHelp: "artnet:// and the host; port 6454 unless said otherwise.",
    own: [...STRIP, "universe"],
  },
  virtual: { url: "virtual://shelf", urlHelp: "May be left empty: this one lives only here.", own: STRIP },
  routeros: {
    url: "ssh://192.168.1.1",
    urlHelp: "ssh:// and the host; port 22 unless said otherwise.",
    own: ["ssh_user", "ssh_identity"],
  },
};

const COMMON: readonly string[] = ["name", "device_type", "url", "tags", "description", "enabled"];

export const addressHints = (type: DeviceType): Pick<TypeFields, "url" | "urlHelp"> => BY_TYPE[type];

/** What is asked of a device of this type, in the order in which it is asked. */
export const fieldsOf = (type: DeviceType): readonly Field[] =>
  FIELDS.filter(({ name }) => COMMON.includes(name) || BY_TYPE[type].own.includes(name));

export const isDeviceType = (value: unknown): value is DeviceType =>
  typeof value === "string" && Object.hasOwn(BY_TYPE, value);
