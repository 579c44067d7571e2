import { Refusal } from "../base/errors.ts";
import { type Route, route } from "../http/route.ts";

/** Where the edge accepts WebSockets. */
export const EVENTS_PATH = "/api/v1/events/ws";

/** The address of live events, for callers that come without a WebSocket and for the API description. */
export function eventRoutes(): readonly Route[] {
  return [
    route({
      method: "GET",
      path: EVENTS_PATH,
      access: { who: "viewer" },
      summary: "Follow the log live over a WebSocket; the first message is the authentication",
      tag: "events",
      answers: { 101: null },
      handle: () => {
        throw new Refusal("upgrade_required", "This address speaks WebSocket only");
      },
    }),
  ];
}
