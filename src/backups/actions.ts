import { z } from "zod";
import { defineAction } from "../audit/mod.ts";

const FILE = z.object({ filename: z.string() });

export const backupActions = {
  "backup.created": defineAction({
    category: "system",
    severity: "info",
    aboutEntity: false,
    label: "Backup made",
    when: "A backup was made, or a file was taken in, and verified",
    metadata: FILE,
    message: ({ metadata }) => `Backup '${metadata["filename"]}' made`,
  }),
  "backup.deleted": defineAction({
    category: "system",
    severity: "info",
    aboutEntity: false,
    label: "Backup deleted",
    when: "A backup was deleted, by somebody or to make room for a newer one",
    metadata: FILE,
    message: ({ metadata }) => `Backup '${metadata["filename"]}' deleted`,
  }),
  "backup.restored": defineAction({
    category: "system",
    severity: "warning",
    aboutEntity: false,
    label: "Backup restored",
    when:
      "What people set up is again as it was in a backup. `from_seq` is the newest entry that the backup knows, `carried` how many are newer and stayed",
    metadata: z.object({ filename: z.string(), from_seq: z.int(), carried: z.int() }),
    message: ({ metadata }) => `Restored from backup '${metadata["filename"]}'`,
  }),
};
