import type { Query } from "../audit/mod.ts";
import { type Route, route } from "../http/route.ts";
import { PAGE } from "./answers.ts";
import { LIST_QUERY, type ReadFilter } from "./schemas.ts";

/** Reading the activity log. */
export function activityRoutes(deps: { query: Query; readFilter: ReadFilter }): readonly Route[] {
  return [
    route({
      method: "GET",
      path: "/api/v1/activity-log",
      access: { who: "viewer" },
      summary: "Page through the activity log, newest first, or forward from a place",
      tag: "activity-log",
      query: LIST_QUERY,
      answers: { 200: PAGE },
      handle: async ({ query }) => {
        const page = await deps.query.page({
          filter: await deps.readFilter(query),
          limit: query.limit,
          ...(query.after_seq === undefined ? {} : { afterSeq: query.after_seq }),
          ...(query.before_seq === undefined ? {} : { beforeSeq: query.before_seq }),
        });
        // The entries are canonical text already; only the frame around them is written here.
        const next = page.nextBeforeSeq;
        const more = next !== null || page.nextAfterSeq !== null;
        const forward = query.after_seq === undefined ? "" : `,"next_after_seq":${page.nextAfterSeq}`;
        const places = `"next_before_seq":${next}${forward}`;
        const flags =
          `"has_more":${more},"total":${page.total},"total_capped":${page.totalCapped},"partial":${page.partial}`;
        return { status: 200, text: `{"entries":${page.entriesText},${places},${flags}}` };
      },
    }),
  ];
}
