import { TEXT_KINDS } from "./normalise.ts";
import type { Snapshot } from "./types.ts";

const MOST_NAME = 60;

/** `Kitchen-20261122-100000.rsc` for the name and the time of a snapshot, as the value of `content-disposition`. */
export function attachmentOf({ deviceName, createdAt, resourceType }: Snapshot): string {
  const [day = "", time = ""] = createdAt.slice(0, 19).replaceAll(/[-:]/g, "").split("T");
  const end = `-${day}-${time}.${TEXT_KINDS[resourceType].extension}`;
  const name = [...deviceName].slice(0, MOST_NAME).join("");
  return `attachment; filename="${asciiName(name)}${end}"; filename*=UTF-8''${encoded(safeName(name) + end)}`;
}

/** Letters, digits and what never means anything to a shell or a file system. */
const asciiName = (name: string): string =>
  name.normalize("NFKD").replace(/\p{M}/gu, "").replaceAll(/[^A-Za-z0-9_-]+/g, "-").replaceAll(/^-+|-+$/g, "") ||
  "device";

/** Without what file systems refuse or hide. */
const safeName = (name: string): string => name.replaceAll(/[\\/:*?"<>|\s]+/g, "-").replace(/^[.-]+/, "") || "device";

const encoded = (name: string): string =>
  encodeURIComponent(name.toWellFormed()).replaceAll(/['()*]/g, (found) => `%${found.charCodeAt(0).toString(16)}`);
