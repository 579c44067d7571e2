import { z } from "zod";
import { defineAction } from "../audit/mod.ts";

const common = {
  category: "device",
  severity: "info",
  aboutEntity: false,
  metadata: z.object({ address: z.string() }),
} as const;

export const adbActions = {
  "device.adb_connected": defineAction({
    ...common,
    label: "Connected to adb",
    when: "The machine's adb was connected to a device on the LAN, or was so already when somebody asked for it",
    message: ({ metadata }) => `adb connected to ${metadata["address"]}`,
  }),
  "device.adb_disconnected": defineAction({
    ...common,
    label: "Disconnected from adb",
    when: "Somebody ended the connection of the machine's adb to a device",
    message: ({ metadata }) => `adb disconnected from ${metadata["address"]}`,
  }),
};
