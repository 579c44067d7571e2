import { createHash } from "node:crypto";
import { type ExportFormat, type Exports, type Guard } from "../audit/mod.ts";
import type { Clock } from "../audit/ports.ts";
import { Refusal } from "../base/errors.ts";
import { gzipped, wantsGzip } from "../http/encoding.ts";
import type { Answer, Call } from "../http/route.ts";
import { MEDIA_TYPES } from "./export_schemas.ts";
import type { FilterFields, ReadFilter } from "./schemas.ts";

/** Which file is wanted, and who is on record for it. */
export interface Order {
  readonly exportId: string;
  readonly format: ExportFormat;
  readonly guard: Guard;
  readonly filter: FilterFields;
  readonly actor: string;
}

type Asked = Pick<Call, "headers" | "head">;

/** Answers with the file of an order. */
export type Download = (order: Order, call: Asked) => Promise<Answer>;

interface Deps {
  readonly exports: Pick<Exports, "start">;
  readonly readFilter: ReadFilter;
  readonly clock: Clock;
}

export const createDownload = ({ exports, readFilter, clock }: Deps): Download => async (order, call) => {
  const { exportId: id, format, guard, actor } = order;
  const gzip = wantsGzip(call.headers);
  const answer: Answer = {
    status: 200,
    type: `${MEDIA_TYPES[format]}${format === "csv" ? "; charset=utf-8; header=present" : ""}`,
    headers: {
      "content-disposition": `attachment; filename="${fileName(clock.now(), format)}"`,
      // A runtime that compresses by itself would gather what should flow.
      "cache-control": "no-store, no-transform",
      vary: "accept-encoding",
      ...(gzip ? { "content-encoding": "gzip" } : {}),
    },
  };
  if (call.head) return answer;
  const filter = await readFilter(order.filter);
  const digest = createHash("sha256");
  const bytes = await exports.start({ id, format, guard, actor, filter, digest });
  if (bytes === undefined) {
    throw new Refusal("unavailable", "Cannot export now: too many exports are running, try again after one");
  }
  return { ...answer, stream: gzip ? gzipped(bytes) : bytes, headers: { ...answer.headers, "x-export-id": id } };
};

/** `activity-log-YYYYMMDD-HHMMSS.csv`, in UTC. */
function fileName(now: number, format: ExportFormat): string {
  const [day = "", time = ""] = new Date(now).toISOString().slice(0, 19).replaceAll(/[-:]/g, "").split("T");
  return `activity-log-${day}-${time}.${format}`;
}
