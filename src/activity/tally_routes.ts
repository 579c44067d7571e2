import type { Histogram, Query } from "../audit/mod.ts";
import { type Route, route } from "../http/route.ts";
import { FACETS, HISTOGRAM } from "./answers.ts";
import { FILTER, HISTOGRAM_QUERY, type ReadFilter } from "./schemas.ts";

/** What the log is made of, and how it is spread over time. */
export function tallyRoutes({ query: log, readFilter }: { query: Query; readFilter: ReadFilter }): readonly Route[] {
  return [
    route({
      method: "GET",
      path: "/api/v1/activity-log/facets",
      access: { who: "viewer" },
      summary: "Count the matching entries by category, severity, action, actor and entity type",
      tag: "activity-log",
      query: FILTER,
      answers: { 200: FACETS },
      handle: async ({ query }) => {
        const { entityTypes, ...facets } = await log.facets(await readFilter(query));
        return { status: 200, json: { ...facets, entity_types: entityTypes } };
      },
    }),
    route({
      method: "GET",
      path: "/api/v1/activity-log/histogram",
      access: { who: "viewer" },
      summary: "Count the matching entries over time, by severity",
      tag: "activity-log",
      query: HISTOGRAM_QUERY,
      answers: { 200: HISTOGRAM },
      handle: async ({ query }) => ({
        status: 200,
        json: histogramJson(await log.histogram(await readFilter(query), query.buckets)),
      }),
    }),
  ];
}

const histogramJson = ({ bucketSeconds, ...histogram }: Histogram) => ({ ...histogram, bucket_seconds: bucketSeconds });
