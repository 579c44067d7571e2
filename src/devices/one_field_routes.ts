import { z } from "zod";
import { type Route, route } from "../http/route.ts";
import { LIGHT_CHANGE, LIGHT_STATE } from "./light_state.ts";
import type { Devices } from "./service.ts";

const { on, brightness, color } = LIGHT_CHANGE.shape;

const ONE_FIELD = [
  { name: "power", summary: "Switch a light on or off", body: z.strictObject({ on: on.unwrap() }) },
  { name: "brightness", summary: "Dim a light", body: z.strictObject({ brightness: brightness.unwrap() }) },
  { name: "color", summary: "Colour a light", body: z.strictObject({ color: color.unwrap() }) },
] as const;

/** The parts of a light's state one by one, for callers that can send only one thing. */
export function oneFieldRoutes(devices: Pick<Devices, "change">): readonly Route[] {
  return ONE_FIELD.map(({ name, summary, body }) =>
    route({
      tag: "devices",
      method: "PUT",
      path: `/api/v1/devices/{id}/${name}`,
      access: { who: "operator" },
      summary: `${summary}; answers what it shows then`,
      params: z.object({ id: z.string().max(64) }),
      body,
      answers: { 200: LIGHT_STATE },
      handle: async ({ params, body: change }) => ({ status: 200, json: await devices.change(params.id, change) }),
    })
  );
}
