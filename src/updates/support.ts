import type { KeyObject } from "node:crypto";
import type { RestartWay } from "../base/server_control.ts";
import { parseReleaseUrl } from "./address.ts";
import type { ProgramFile, ReleaseHttp } from "./ports.ts";
import { parseReleaseKey } from "./signature.ts";

/** What the edge brings for updates; each may be missing. */
export interface UpdateSetup {
  /** Where the list of releases is. */
  readonly url: string | null;
  /** The public key that releases are signed with. */
  readonly key: string | null;
  /** Null when the program is not one file. */
  readonly program: ProgramFile | null;
  readonly http: ReleaseHttp;
}

export type Support =
  | {
    readonly ok: true;
    readonly url: URL;
    readonly key: KeyObject;
    readonly program: ProgramFile;
    readonly http: ReleaseHttp;
  }
  | { readonly ok: false; readonly reason: string };

/** Whether this server can update itself, or a sentence that says why not. */
export function supportOf(setup: UpdateSetup | undefined, restarts: RestartWay): Support {
  const no = (reason: string) => ({ ok: false, reason }) as const;
  if (setup === undefined || setup.program === null) {
    return no("This server does not run from the one-file program: update it the way it was installed");
  }
  if (setup.url === null || setup.key === null) {
    return no("No place for new versions is set: LUMENLOG_UPDATE_URL and LUMENLOG_UPDATE_KEY");
  }
  const [url, key] = [parseReleaseUrl(setup.url), parseReleaseKey(setup.key)];
  if (url === undefined || key === undefined) {
    return no("LUMENLOG_UPDATE_URL or LUMENLOG_UPDATE_KEY is not as it must be");
  }
  if (restarts === "in_process") {
    return no("Nothing would start the new version: this server restarts inside its process");
  }
  const obstacle = setup.program.obstacle();
  if (obstacle !== null) return no(obstacle);
  return { ok: true, url, key, program: setup.program, http: setup.http };
}
