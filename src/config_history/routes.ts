import { z } from "zod";
import { type Answer, type Route, route } from "../http/route.ts";
import { wholeNumber } from "../http/whole_number.ts";
import { attachmentOf } from "./file_name.ts";
import { TEXT_KINDS } from "./normalise.ts";
import type { SnapshotDiff } from "./reading.ts";
import { BACKED_UP, DIFF, HISTORY, SNAPSHOT, WHOLE_SNAPSHOT } from "./schemas.ts";
import type { ConfigHistory } from "./service.ts";
import type { Snapshot } from "./types.ts";

const DEVICE = z.object({ id: z.string().max(64) });
const ONE = DEVICE.extend({ sid: z.string().max(64) });
const common = { tag: "devices" } as const;
const PATH = "/api/v1/devices/{id}";
const SNAPSHOTS = `${PATH}/config-snapshots`;
const SNAPSHOT_PATH = `${SNAPSHOTS}/{sid}`;

/** The configurations of devices, as they are and as they were. */
export const configHistoryRoutes = (
  history: Pick<ConfigHistory, "backUp" | "history" | "snapshot" | "diff">,
): readonly Route[] => [
  route({
    ...common,
    method: "POST",
    path: SNAPSHOTS,
    access: { who: "operator" },
    summary: "Read the configuration of a device now; 201 when it is new, 200 when it is the one that is stored",
    params: DEVICE,
    answers: { 200: BACKED_UP, 201: BACKED_UP },
    handle: async ({ params }) => {
      const { outcome, snapshot } = await history.backUp(params.id);
      return { status: outcome === "stored" ? 201 : 200, json: { outcome, snapshot: snapshotJson(snapshot) } };
    },
  }),
  route({
    ...common,
    method: "GET",
    path: `${PATH}/config-history`,
    access: { who: "viewer" },
    summary: "List the stored configurations of a device, newest first, and how the last look ended",
    params: DEVICE,
    query: z.object({ limit: wholeNumber(1, 200).default(50) }),
    answers: { 200: HISTORY },
    handle: async ({ params, query }) => {
      const { items, total, check } = await history.history(params.id, query.limit);
      const last = {
        last_checked_at: check?.checkedAt ?? null,
        last_outcome: check?.outcome ?? null,
        last_problem: check?.problem ?? null,
      };
      return { status: 200, json: { items: items.map(snapshotJson), total, ...last } };
    },
  }),
  route({
    ...common,
    method: "GET",
    path: SNAPSHOT_PATH,
    access: { who: "viewer" },
    summary: "Read a stored configuration; secrets in it are replaced by marks",
    params: ONE,
    answers: { 200: WHOLE_SNAPSHOT },
    handle: async ({ params }) => {
      const { snapshot, text } = await history.snapshot(params.id, params.sid);
      return { status: 200, json: { ...snapshotJson(snapshot), text }, headers: { etag: etagOf(snapshot) } };
    },
  }),
  route({
    ...common,
    method: "GET",
    path: `${SNAPSHOT_PATH}/diff`,
    access: { who: "viewer" },
    summary: "Compare a stored configuration with the one before it, or with another one of the same device",
    params: ONE,
    query: z.object({ against: z.string().max(64).optional().describe("Id of a snapshot of the same device") }),
    answers: { 200: DIFF },
    handle: async ({ params, query }) => ({
      status: 200,
      json: diffJson(await history.diff(params.id, params.sid, query.against)),
    }),
  }),
  route({
    ...common,
    method: "GET",
    path: `${SNAPSHOT_PATH}/download`,
    access: { who: "viewer" },
    summary: "Download a stored configuration as a file",
    params: ONE,
    answers: { 200: z.string() },
    produces: Object.values(TEXT_KINDS).map(({ mediaType }) => mediaType),
    handle: async ({ params }) => fileAnswer(await history.snapshot(params.id, params.sid)),
  }),
];

const etagOf = ({ sha256 }: Snapshot): string => `"${sha256}"`;

const fileAnswer = ({ snapshot, text }: { readonly snapshot: Snapshot; readonly text: string }): Answer => ({
  status: 200,
  text,
  type: `${TEXT_KINDS[snapshot.resourceType].mediaType}; charset=utf-8`,
  headers: { "content-disposition": attachmentOf(snapshot), etag: etagOf(snapshot) },
});

const snapshotJson = (snapshot: Snapshot): z.input<typeof SNAPSHOT> => ({
  id: snapshot.id,
  device_id: snapshot.deviceId,
  resource_type: snapshot.resourceType,
  sha256: snapshot.sha256,
  size: snapshot.size,
  trigger: snapshot.trigger,
  created_at: snapshot.createdAt,
  previous_id: snapshot.previousId,
  lines_added: snapshot.linesAdded,
  lines_removed: snapshot.linesRemoved,
  changes: snapshot.changes,
});

const diffJson = (diff: SnapshotDiff) => ({
  snapshot_id: diff.snapshot.id,
  against: diff.against?.id ?? null,
  unified: diff.unified,
  truncated: diff.truncated,
  lines_added: diff.linesAdded,
  lines_removed: diff.linesRemoved,
  changes: diff.changes,
  hunks: diff.hunks,
});
