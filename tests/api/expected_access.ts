/** Section 4, 5 and 9 of the contract, written down by hand: who may call what. A new route needs its line here. */
export interface Expected {
  /** Of the sample call. */
  readonly query?: string;
  readonly who: "anyone" | "viewer" | "operator" | "admin";
  /** Loopback without keys is not enough. */
  readonly key?: true;
  /** What a caller who may gets for the sample call, which never changes who may do what. */
  readonly answer: number;
  readonly body?: Readonly<Record<string, unknown>>;
}

/** `NAME` stands for a fresh name. */
const entity = (path: string, body: Readonly<Record<string, unknown>> = {}): Readonly<Record<string, Expected>> => ({
  [`GET /api/v1/${path}`]: { who: "viewer", answer: 200 },
  [`POST /api/v1/${path}`]: { who: "operator", answer: 201, body: { name: "NAME", ...body } },
  [`GET /api/v1/${path}/{id}`]: { who: "viewer", answer: 404 },
  [`PUT /api/v1/${path}/{id}`]: { who: "operator", answer: 404, body: { description: "changed" } },
  [`DELETE /api/v1/${path}/{id}`]: { who: "operator", answer: 404 },
});

export const EXPECTED: Readonly<Record<string, Expected>> = {
  ...Object.fromEntries(
    [
      "/",
      "/activity",
      "/devices",
      "/devices/{id}",
      "/scenes",
      "/automations",
      "/library",
      "/library/{type}",
      "/library/{type}/{id}",
      "/settings",
      "/settings/{section}",
      "/welcome",
      "/assets/app.js",
      "/assets/app.css",
      "/theme.js",
      "/favicon.svg",
    ].map((path): [string, Expected] => [`GET ${path}`, { who: "anyone", answer: 200 }]),
  ),
  "GET /api/v1/session": { who: "viewer", answer: 200 },
  "GET /health": { who: "anyone", answer: 200 },
  "GET /metrics": { who: "viewer", answer: 200 },
  "GET /api/v1/openapi.json": { who: "anyone", answer: 200 },
  "GET /api/v1/docs": { who: "anyone", answer: 200 },
  "GET /reference.css": { who: "anyone", answer: 200 },
  "GET /api/v1/activity-log": { who: "viewer", answer: 200 },
  "GET /api/v1/activity-log/settings": { who: "viewer", answer: 200 },
  "PUT /api/v1/activity-log/settings": { who: "admin", key: true, answer: 200, body: { enabled: true } },
  "DELETE /api/v1/activity-log": { who: "admin", key: true, answer: 200 },
  "GET /api/v1/activity-log/actions": { who: "viewer", answer: 200 },
  "GET /api/v1/activity-log/facets": { who: "viewer", answer: 200 },
  "GET /api/v1/activity-log/histogram": { who: "viewer", answer: 200 },
  // A format that there is not: the call is allowed, and sends no file.
  "GET /api/v1/activity-log/export": { who: "viewer", key: true, answer: 422, query: "?format=xml" },
  "GET /api/v1/activity-log/exports/{id}": { who: "viewer", answer: 404 },
  "POST /api/v1/activity-log/export-tickets": { who: "viewer", key: true, answer: 422, body: { format: "xml" } },
  "GET /api/v1/activity-log/export-tickets/{ticket}": { who: "anyone", answer: 404 },
  "GET /api/v1/events/ws": { who: "viewer", answer: 426 },
  "GET /api/v1/system/api-keys": { who: "admin", answer: 200 },
  // A reserved label: the call is allowed, and makes no key.
  "POST /api/v1/system/api-keys": { who: "admin", answer: 422, body: { label: "system" } },
  "DELETE /api/v1/system/api-keys/{label}": { who: "admin", answer: 404 },
  ...entity("devices", { device_type: "virtual" }),
  "GET /api/v1/devices/{id}/state": { who: "viewer", answer: 404 },
  "PUT /api/v1/devices/{id}/state": { who: "operator", answer: 404, body: { on: true } },
  "POST /api/v1/devices/{id}/identify": { who: "operator", answer: 404 },
  "POST /api/v1/devices/{id}/config-snapshots": { who: "operator", answer: 404 },
  "GET /api/v1/devices/{id}/config-history": { who: "viewer", answer: 404 },
  "GET /api/v1/devices/{id}/config-snapshots/{sid}": { who: "viewer", answer: 404 },
  "GET /api/v1/devices/{id}/config-snapshots/{sid}/diff": { who: "viewer", answer: 404 },
  "GET /api/v1/devices/{id}/config-snapshots/{sid}/download": { who: "viewer", answer: 404 },
  "PUT /api/v1/devices/{id}/power": { who: "operator", answer: 404, body: { on: true } },
  "PUT /api/v1/devices/{id}/brightness": { who: "operator", answer: 404, body: { brightness: 1 } },
  "PUT /api/v1/devices/{id}/color": { who: "operator", answer: 404, body: { color: "#ffffff" } },
  "GET /api/v1/devices/discovered": { who: "viewer", answer: 200 },
  // There is no network in tests that do not ask for one.
  "POST /api/v1/devices/discover": { who: "operator", answer: 503 },
  "POST /api/v1/devices/discovered/adopt": { who: "operator", answer: 200, body: { ids: ["x"] } },
  "GET /api/v1/devices/states": { who: "viewer", answer: 200 },
  "PUT /api/v1/devices/states": { who: "operator", answer: 200, body: { ids: ["x"], on: true } },
  "POST /api/v1/devices/bulk-edit": { who: "operator", answer: 200, body: { ids: ["x"], add_tags: ["a"] } },
  // There is no adb in the server of these calls.
  "POST /api/v1/system/adb/connect": { who: "operator", answer: 503, body: { address: "127.0.0.1" } },
  "POST /api/v1/system/adb/disconnect": { who: "operator", answer: 503, body: { address: "127.0.0.1" } },
  "GET /api/v1/system/adb/devices": { who: "viewer", answer: 503 },
  "GET /api/v1/backups": { who: "admin", key: true, answer: 200 },
  "POST /api/v1/backups": { who: "admin", key: true, answer: 201 },
  // A file has another type than a text.
  "POST /api/v1/backups/upload": { who: "admin", key: true, answer: 415, body: {} },
  "GET /api/v1/backups/settings": { who: "admin", key: true, answer: 200 },
  "PUT /api/v1/backups/settings": { who: "admin", key: true, answer: 200, body: { max_backups: 3 } },
  "GET /api/v1/backups/{filename}": { who: "admin", key: true, answer: 404 },
  "DELETE /api/v1/backups/{filename}": { who: "admin", key: true, answer: 404 },
  "POST /api/v1/backups/{filename}/restore": { who: "admin", key: true, answer: 404 },
  "GET /api/v1/update": { who: "viewer", answer: 200 },
  // The server of these calls is not one file.
  "POST /api/v1/update/check": { who: "admin", answer: 409 },
  "POST /api/v1/update/apply": { who: "admin", answer: 409 },
  "POST /api/v1/update/dismiss": { who: "admin", answer: 409 },
  "GET /api/v1/update/settings": { who: "viewer", answer: 200 },
  "PUT /api/v1/update/settings": { who: "admin", answer: 200, body: { channel: "stable" } },
  "GET /api/v1/system": { who: "viewer", answer: 200 },
  // There is no process around the server of these calls that would end.
  "POST /api/v1/system/restart": { who: "admin", answer: 202 },
  "POST /api/v1/system/shutdown": { who: "admin", answer: 202 },
  "GET /api/v1/system/shutdown-action": { who: "admin", answer: 200 },
  "PUT /api/v1/system/shutdown-action": { who: "admin", answer: 200, body: { action: "leave" } },
  ...entity("output-targets"),
  ...entity("picture-sources", { kind: "test_pattern" }),
  ...entity("audio-sources", { kind: "test_tone" }),
  ...entity("color-strip-sources", { kind: "static" }),
  ...entity("gradients"),
  ...entity("sync-clocks"),
  ...entity("templates", { kind: "capture" }),
  ...entity("automations"),
  ...entity("scene-presets"),
  ...entity("scene-playlists"),
};

export const CALLERS = ["none", "viewer", "operator", "admin", "wrong"] as const;
export const PEERS = { loopback: "127.0.0.1", lan: "192.168.1.50" } as const;
export const ORIGINS = ["own", "none", "foreign", "null"] as const;

export interface Situation {
  readonly caller: typeof CALLERS[number];
  readonly peer: keyof typeof PEERS;
  readonly origin: typeof ORIGINS[number];
  readonly keysExist: boolean;
}

const RANK = { viewer: 1, operator: 2, admin: 3 } as const;

/** Section 5: 401, 403, or undefined for a caller who may. */
export function rejectionOf(route: Expected, { caller, peer, origin, keysExist }: Situation): 401 | 403 | undefined {
  if (origin === "foreign" || origin === "null") return 403;
  if (route.who === "anyone") return undefined;
  if (!keysExist) {
    // A token is never right when no key exists; loopback without one is anonymous and may do the rest.
    const anonymous = caller === "none" && peer === "loopback";
    return anonymous && route.key !== true ? undefined : 401;
  }
  if (caller === "none" || caller === "wrong") return 401;
  return RANK[caller] >= RANK[route.who] ? undefined : 403;
}
