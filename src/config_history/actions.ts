import { z } from "zod";
import { defineAction, type Metadata } from "../audit/mod.ts";

const about = { category: "device", severity: "info", aboutEntity: true } as const;
/** The site, and the type of the device. */
const whose = { tenant_id: z.string(), resource_type: z.string() };
const counts = { lines_added: z.int(), lines_removed: z.int(), changes: z.int() };

export const configActions = {
  "config_snapshot_created": defineAction({
    ...about,
    label: "Configuration kept",
    when: "The configuration of a device was stored, because it is new or has changed; `trigger` tells why it was read",
    metadata: z.object({ ...whose, snapshot_id: z.string(), sha256: z.string(), trigger: z.string() }),
    message: ({ entityName }) => `Configuration of '${entityName}' stored`,
  }),
  "config_snapshot_skipped_duplicate": defineAction({
    ...about,
    label: "Configuration unchanged",
    when: "The configuration of a device was read and is the same as the one that was stored last",
    metadata: z.object({ ...whose, sha256: z.string(), trigger: z.string() }),
    message: ({ entityName }) => `Configuration of '${entityName}' has not changed`,
  }),
  "config_diff_generated": defineAction({
    ...about,
    label: "Configuration changed",
    when: "A stored configuration was compared with the one before it",
    metadata: z.object({ ...whose, snapshot_id: z.string(), ...counts }),
    message: ({ entityName, metadata }) => `Configuration of '${entityName}' changed: ${difference(metadata)}`,
  }),
  "config_backup_manual_trigger": defineAction({
    ...about,
    label: "Configuration backed up by hand",
    when: "Somebody had the configuration of a device read; `outcome` is `stored` or `duplicate`",
    metadata: z.object({ ...whose, outcome: z.string() }),
    message: ({ entityName, metadata }) =>
      `Configuration of '${entityName}' backed up: ${metadata["outcome"] === "stored" ? "stored" : "nothing new"}`,
  }),
};

const difference = (metadata: Metadata): string =>
  `${metadata["lines_added"]} lines added, ${metadata["lines_removed"]} removed`;
