import type { ActionList } from "../audit/mod.ts";
import { type Route, route } from "../http/route.ts";
import { ACTIONS } from "./answers.ts";
import { describeActions } from "./described_actions.ts";

/** Which actions the log knows, with their names for people. */
export function actionsRoutes(catalogue: ActionList): readonly Route[] {
  const items = describeActions(catalogue).map(({ aboutEntity: _, metadata, ...action }) => ({
    ...action,
    metadata: metadata.map(({ key }) => key),
  }));
  return [
    route({
      method: "GET",
      path: "/api/v1/activity-log/actions",
      access: { who: "viewer" },
      summary: "List every action that the log can hold, with its name for people",
      tag: "activity-log",
      answers: { 200: ACTIONS },
      handle: () => Promise.resolve({ status: 200, json: { items } }),
    }),
  ];
}
