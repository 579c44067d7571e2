import type { Query } from "../audit/mod.ts";
import { type Route, route } from "../http/route.ts";
import { LIST_QUERY, PAGE, toFilter } from "./schemas.ts";

/** Reading the activity log. */
export function activityRoutes(deps: { query: Query }): readonly Route[] {
  return [
    route({
      method: "GET",
      path: "/api/v1/activity-log",
      access: { who: "viewer" },
      summary: "Page through the activity log, newest first",
      tag: "activity-log",
      query: LIST_QUERY,
      answers: { 200: PAGE },
      handle: async ({ query }) => {
        const page = await deps.query.page({
          filter: toFilter(query),
          limit: query.limit,
          ...(query.before_seq === undefined ? {} : { beforeSeq: query.before_seq }),
        });
        // The entries are canonical text already; only the frame around them is written here.
        const next = page.nextBeforeSeq;
        const rest = `"next_before_seq":${next},"has_more":${next !== null},"total":${page.total}`;
        const flags = `"total_capped":${page.totalCapped},"partial":${page.partial}`;
        return { status: 200, text: `{"entries":${page.entriesText},${rest},${flags}}` };
      },
    }),
  ];
}
