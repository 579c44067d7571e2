import { join } from "node:path";
import type { Runtime } from "../runtime/runtimes.ts";
import { VERSION } from "../../src/version.ts";
import {
  manifestOf,
  programText,
  releaseOf,
  type ReleaseServer,
  startReleaseServer,
} from "../updates/release_server.ts";
import { type BrowserOptions, testWithChromium, withBrowser } from "./support/browser.ts";
import { makeFirstKey, signIn } from "./support/keys.ts";
import type { SignedIn } from "./library_home.ts";

/** A server that can update itself: the real one, beside a file that stands for the program. */
const AS_ONE_FILE: Runtime = {
  name: "one file",
  missing: undefined,
  command: async (dir) => {
    const program = join(dir, "bin", "lumenlog");
    await Deno.mkdir(join(dir, "bin"), { recursive: true });
    await Deno.writeFile(program, programText(`lumenlog ${VERSION}`), { mode: 0o755 });
    const main = new URL("./support/as_one_file.ts", import.meta.url).pathname;
    return { program: Deno.execPath(), args: ["run", "-A", "--no-check", main], env: { ONE_FILE: program } };
  },
};

export interface Updating extends SignedIn {
  readonly releases: ReleaseServer;
  /** Lets the rest of the new version's file through. */
  readonly letThrough: () => void;
}

/** What stands in the notes of the new version: text of others, and no markup. */
export const NOTES = "Quieter nights.\n<b>Not bold</b>";
export const NEXT = "9.1.0";

/** A test that begins with the page of the updates, signed in; half of the new version's file comes at once. */
export function updatingTest(
  sentence: string,
  look: Pick<BrowserOptions, "viewport" | "theme">,
  work: (visit: Updating) => Promise<void>,
): void {
  testWithChromium(sentence, async () => {
    const releases = startReleaseServer();
    const { promise: rest, resolve: letThrough } = Promise.withResolvers<void>();
    const bytes = programText(`lumenlog ${NEXT}`);
    releases.list(manifestOf(releaseOf({ version: NEXT, notes: NOTES, bytes })));
    releases.at("/program", () => new Response(inHalves(bytes, rest)));
    const env = { LUMENLOG_UPDATE_URL: releases.url, LUMENLOG_UPDATE_KEY: releases.publicKey };
    try {
      await withBrowser({ ...look, server: { env, runtime: AS_ONE_FILE } }, async (visit) => {
        const owner = await makeFirstKey(visit.server);
        await visit.page.goto("/settings/updates");
        await signIn(visit.page, owner.token);
        await work({ ...visit, owner, releases, letThrough });
      });
    } finally {
      letThrough();
      await releases.close();
    }
  });
}

function inHalves(bytes: Uint8Array<ArrayBuffer>, rest: Promise<void>): ReadableStream<Uint8Array> {
  const middle = bytes.length / 2;
  return new ReadableStream({
    async start(controller) {
      controller.enqueue(bytes.subarray(0, middle));
      await rest;
      controller.enqueue(bytes.subarray(middle));
      controller.close();
    },
  });
}
