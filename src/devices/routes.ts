import { z } from "zod";
import { type Route, route } from "../http/route.ts";
import { LIGHT_CHANGE, LIGHT_STATE } from "./light_state.ts";
import type { Devices } from "./service.ts";

const ID = z.object({ id: z.string().max(64) });
const common = { tag: "devices", params: ID } as const;
const STATE_PATH = "/api/v1/devices/{id}/state";

/** Lights, as they are and as they shall be. */
export function deviceRoutes(devices: Pick<Devices, "read" | "change" | "identify">): readonly Route[] {
  return [
    route({
      ...common,
      method: "GET",
      path: STATE_PATH,
      access: { who: "viewer" },
      summary: "Ask a light what it shows now; 502 and 504 when it fails or does not answer",
      answers: { 200: LIGHT_STATE },
      handle: async ({ params }) => ({ status: 200, json: await devices.read(params.id) }),
    }),
    route({
      ...common,
      method: "PUT",
      path: STATE_PATH,
      access: { who: "operator" },
      summary: "Switch, dim or colour a light or choose a preset; answers what it shows then",
      body: LIGHT_CHANGE,
      answers: { 200: LIGHT_STATE },
      handle: async ({ params, body }) => ({ status: 200, json: await devices.change(params.id, body) }),
    }),
    route({
      ...common,
      method: "POST",
      path: "/api/v1/devices/{id}/identify",
      access: { who: "operator" },
      summary: "Let a light blink for a second, so that one sees which it is",
      answers: { 204: null },
      handle: async ({ params }) => {
        await devices.identify(params.id);
        return { status: 204 };
      },
    }),
  ];
}
