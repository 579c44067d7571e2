import { z } from "zod";
import { defineAction } from "../audit/mod.ts";

const metadata = z.object({
  url: z.string(),
  device_type: z.string(),
  suppressed: z.int().positive().optional(),
});
const common = { category: "device", aboutEntity: false, metadata } as const;

export const discoveryActions = {
  "device.discovered": defineAction({
    ...common,
    severity: "info",
    label: "Found on the network",
    when:
      "A device that is not configured showed itself on the network. `suppressed`: so many more came or went that " +
      "there was no room for; the rest is of the last of them",
    message: ({ metadata: { url, suppressed } }) =>
      suppressed === undefined ? `Found a device at ${url}` : `${suppressed} more devices came or went`,
  }),
  "device.lost": defineAction({
    ...common,
    severity: "warning",
    label: "Gone from the network",
    when: "A device that was found and is not configured left the network, or is not heard of any more",
    message: ({ metadata: { url, suppressed } }) =>
      suppressed === undefined ? `The device at ${url} is gone` : `${suppressed} more devices came or went`,
  }),
};
