import { type Route, route } from "../http/route.ts";
import {
  BACKUP,
  backupJson,
  BACKUPS,
  FILE,
  NAME,
  PACKED,
  PLAIN,
  SETTINGS,
  SETTINGS_CHANGE,
  settingsJson,
  UPLOADS,
} from "./schemas.ts";
import type { Backup, Backups } from "./service.ts";

const PATH = "/api/v1/backups";
const COMMON = { access: { who: "admin", key: true }, tag: "backups" } as const;

/** Backups: what there is, making, taking in, fetching and removing. */
export const backupRoutes = (backups: Backups): readonly Route[] => [
  ...listRoutes(backups),
  ...settingsRoutes(backups),
  ...fileRoutes(backups),
];

const made = (backup: Backup) => ({
  status: 201,
  json: backupJson(backup),
  headers: { location: `${PATH}/${backup.filename}` },
});

const listRoutes = (backups: Backups): readonly Route[] => [
  route({
    ...COMMON,
    method: "GET",
    path: PATH,
    summary: "List the backups, newest first",
    answers: { 200: BACKUPS },
    handle: async () => {
      const items = (await backups.list()).map(backupJson);
      return { status: 200, json: { items, total: items.length } };
    },
  }),
  route({
    ...COMMON,
    method: "POST",
    path: PATH,
    summary: "Make a backup of the whole database, and verify it",
    answers: { 201: BACKUP },
    handle: async () => made(await backups.make("manual")),
  }),
  route({
    ...COMMON,
    method: "POST",
    path: `${PATH}/upload`,
    summary: "Take in a backup from elsewhere, packed with gzip or not; it is verified and gets a name of its own",
    rawBody: UPLOADS,
    answers: { 201: BACKUP },
    handle: async ({ bytes }) => made(await backups.takeIn(bytes)),
  }),
];

const settingsRoutes = ({ settings }: Backups): readonly Route[] => [
  route({
    ...COMMON,
    method: "GET",
    path: `${PATH}/settings`,
    summary: "Tell whether backups are made by themselves, and how many stay",
    answers: { 200: SETTINGS },
    handle: () => Promise.resolve({ status: 200, json: settingsJson(settings.current()) }),
  }),
  route({
    ...COMMON,
    method: "PUT",
    path: `${PATH}/settings`,
    summary: "Change whether and when backups are made by themselves; looked at within a minute",
    body: SETTINGS_CHANGE,
    answers: { 200: SETTINGS },
    handle: async ({ body: { enabled, interval_hours, max_backups } }) => {
      const { value } = await settings.change({
        ...(enabled === undefined ? {} : { enabled }),
        ...(interval_hours === undefined ? {} : { interval_hours }),
        ...(max_backups === undefined ? {} : { max_backups }),
      });
      return { status: 200, json: settingsJson(value) };
    },
  }),
];

const fileRoutes = (backups: Backups): readonly Route[] => [
  route({
    ...COMMON,
    method: "GET",
    path: `${PATH}/{filename}`,
    summary: "Download a backup",
    params: NAME,
    answers: { 200: FILE },
    produces: [PACKED, PLAIN],
    handle: async ({ params: { filename }, head }) => {
      const { packed, size } = await backups.find(filename);
      const opened = head ? undefined : await backups.open(filename);
      return {
        status: 200,
        type: packed ? PACKED : PLAIN,
        ...(opened && { stream: opened.stream }),
        headers: {
          "content-length": String(opened?.size ?? size),
          "content-disposition": `attachment; filename="${filename}"`,
          // A runtime that compresses by itself would gather what should flow, and change the length.
          "cache-control": "no-store, no-transform",
        },
      };
    },
  }),
  route({
    ...COMMON,
    method: "DELETE",
    path: `${PATH}/{filename}`,
    summary: "Remove a backup for good",
    params: NAME,
    answers: { 204: null },
    handle: async ({ params: { filename } }) => {
      await backups.remove(filename);
      return { status: 204 };
    },
  }),
];
