import { z } from "zod";
import { defineAction } from "../audit/mod.ts";

export const settingActions = {
  "settings.changed": defineAction({
    category: "system",
    severity: "info",
    aboutEntity: false,
    label: "Settings changed",
    when: "Settings of the server changed; the keys that did are told with what they are now",
    metadata: z.object({ setting_key: z.enum(["auto_backup", "update", "shutdown_action", "replica"]) })
      .catchall(z.union([z.string(), z.number(), z.boolean(), z.null()])),
    message: ({ metadata }) => `Settings '${metadata["setting_key"]}' changed`,
  }),
};

export type SettingName = z.output<typeof settingActions["settings.changed"]["metadata"]>["setting_key"];
