import { z } from "zod";
import { type Route, route } from "../http/route.ts";
import { adbAddress } from "./address.ts";
import type { Adb } from "./service.ts";

const BODY = z.strictObject({ address: adbAddress() });
const ADDRESS = z.string().describe("The address and port that adb got: the device's serial in the list");
const DEVICE = z.object({
  serial: z.string(),
  state: z.string().describe("In adb's words, e.g. `device`, `offline`, `unauthorized`"),
  model: z.string().nullable(),
});

const common = { tag: "adb", access: { who: "operator" } } as const;
const PATH = "/api/v1/system/adb";

/** The adb of the machine that this server runs on. */
export function adbRoutes(adb: Pick<Adb, "connect" | "disconnect" | "devices">): readonly Route[] {
  return [
    route({
      ...common,
      method: "POST",
      path: `${PATH}/connect`,
      summary: "Connect adb to a device on the LAN; 502 and 504 when it fails, 503 where adb is not installed",
      body: BODY,
      answers: {
        200: z.object({ address: ADDRESS, already: z.boolean().describe("True when it was connected before") }),
      },
      handle: async ({ body }) => ({ status: 200, json: await adb.connect(body.address) }),
    }),
    route({
      ...common,
      method: "POST",
      path: `${PATH}/disconnect`,
      summary: "Disconnect adb from a device; 404 when it is not connected",
      body: BODY,
      answers: { 200: z.object({ address: ADDRESS }) },
      handle: async ({ body }) => ({ status: 200, json: await adb.disconnect(body.address) }),
    }),
    route({
      ...common,
      method: "GET",
      path: `${PATH}/devices`,
      access: { who: "viewer" },
      summary: "List the devices that adb knows, over the network or by cable",
      answers: { 200: z.object({ items: z.array(DEVICE), total: z.int() }) },
      handle: async () => {
        const items = await adb.devices();
        return { status: 200, json: { items, total: items.length } };
      },
    }),
  ];
}
