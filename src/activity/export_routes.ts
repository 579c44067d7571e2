import { z } from "zod";
import type { ExportProof, Exports } from "../audit/mod.ts";
import { Refusal } from "../base/errors.ts";
import { type Route, route } from "../http/route.ts";
import type { Download, Order } from "./download.ts";
import { EXPORT_QUERY, FILE, MEDIA_TYPES, PROOF, TICKET, TICKET_REQUEST } from "./export_schemas.ts";
import type { Tickets } from "./tickets.ts";

const PATH = "/api/v1/activity-log";
const TAG = "activity-log";

export interface ExportRoutesDeps {
  readonly exports: Pick<Exports, "proof">;
  readonly download: Download;
  readonly tickets: Tickets<Order>;
  readonly newId: () => string;
  /** Whether the key that is on record under this name still stands. */
  readonly stands: (actor: string) => boolean;
}

/** The log as a file, and proof of what was sent. */
export const exportRoutes = (deps: ExportRoutesDeps): readonly Route[] => [
  exportRoute(deps),
  proofRoute(deps),
  issueRoute(deps),
  redeemRoute(deps),
];

const newExportId = (newId: () => string) => `ex_${newId()}`;

const exportRoute = ({ download, newId }: ExportRoutesDeps) =>
  route({
    method: "GET",
    path: `${PATH}/export`,
    access: { who: "viewer", key: true },
    summary: "Download the matching entries as a file, oldest first, up to the newest one that there is now",
    tag: TAG,
    query: EXPORT_QUERY,
    answers: { 200: FILE },
    produces: Object.values(MEDIA_TYPES),
    handle: ({ query: { format, guard, ...filter }, caller: { actor }, headers, head }) =>
      download({ exportId: newExportId(newId), format, guard, filter, actor }, { headers, head }),
  });

const proofRoute = ({ exports, tickets }: ExportRoutesDeps) =>
  route({
    method: "GET",
    path: `${PATH}/exports/{id}`,
    access: { who: "viewer" },
    summary: "Tell what an export sent: the proof of a file, also while it is being sent",
    tag: TAG,
    params: z.object({ id: z.string() }),
    answers: { 200: PROOF },
    handle: async ({ params: { id } }) => {
      if (tickets.waitsFor(id)) return { status: 200, json: WAITING };
      const proof = await exports.proof(id);
      if (proof === undefined) throw new Refusal("not_found", "There is no such export among the newest thousand");
      return { status: 200, json: proofJson(proof) };
    },
  });

const issueRoute = ({ tickets, newId }: ExportRoutesDeps) =>
  route({
    method: "POST",
    path: `${PATH}/export-tickets`,
    access: { who: "viewer", key: true },
    summary: "Get an address for one download without a key, within a minute",
    tag: TAG,
    body: TICKET_REQUEST,
    answers: { 201: TICKET },
    handle: ({ body, caller: { actor } }) => {
      const exportId = newExportId(newId);
      const issued = tickets.issue(exportId, actor, { exportId, ...body, actor });
      if (issued === undefined) {
        throw new Refusal("unavailable", "Cannot make one more download address: too many wait");
      }
      const url = `${PATH}/export-tickets/${issued.ticket}`;
      const json = { url, export_id: exportId, expires_at: new Date(issued.expiresAt).toISOString() };
      return Promise.resolve({ status: 201, json });
    },
  });

const redeemRoute = ({ tickets, stands, download }: ExportRoutesDeps) =>
  route({
    method: "GET",
    path: `${PATH}/export-tickets/{ticket}`,
    access: { who: "anyone" },
    summary: "Download the file that a ticket is for; only once",
    tag: TAG,
    params: z.object({ ticket: z.string() }),
    answers: { 200: FILE },
    produces: Object.values(MEDIA_TYPES),
    handle: async ({ params: { ticket }, headers, head }) => {
      const taken = head ? undefined : tickets.take(ticket);
      const order = head ? tickets.peek(ticket) : taken?.order;
      if (order === undefined || !stands(order.actor)) {
        throw new Refusal("not_found", "This download address was used, is too old, or never was one");
      }
      try {
        return await download(order, { headers, head });
      } catch (error) {
        taken?.giveBack(); // nothing was sent
        throw error;
      }
    },
  });

const WAITING = {
  state: "waiting",
  complete: false,
  rows: 0,
  first_seq: null,
  last_seq: null,
  bytes: 0,
  sha256: null,
} satisfies z.input<typeof PROOF>;

const proofJson = ({ state, complete, rows, firstSeq, lastSeq, bytes, sha256 }: ExportProof) => ({
  state,
  complete,
  rows,
  first_seq: firstSeq,
  last_seq: lastSeq,
  bytes,
  sha256,
});
