import { createHash } from "node:crypto";
import { z } from "zod";
import { Refusal } from "../base/errors.ts";
import { type Answer, type Route, route } from "./route.ts";

export interface BrowserDeps {
  /** A file of the public directory by its name; undefined when it is not there. */
  readonly readAsset: (name: string) => Promise<Uint8Array<ArrayBuffer> | undefined>;
}

/** Every address of the browser UI: all of them are the same page, which then shows the view. */
const PAGES = [
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
] as const;

/** What the page loads, by media type. */
const FILES: Readonly<Record<string, string>> = {
  "/assets/app.js": "text/javascript; charset=utf-8",
  "/assets/app.css": "text/css; charset=utf-8",
  "/theme.js": "text/javascript; charset=utf-8",
  "/favicon.svg": "image/svg+xml",
};

/** Only what this server serves, nothing inline, in no frame; text never becomes markup. */
const PAGE_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self'",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
  "trusted-types 'none'",
].join("; ");

const PAGE_PARAMS = z.object({ id: z.string(), type: z.string(), section: z.string() }).partial();

/** The same page for a browser that went astray: it says so itself, and how to go on. */
export const lostPage = ({ readAsset }: BrowserDeps): Route =>
  browserRoute("/lost", "The page for addresses that there are not.", "text/html", async () => ({
    ...await pageOf(readAsset)(new Headers()),
    status: 404,
  }));

/** The browser UI: its page at each of its addresses, and the files that the page loads. */
export function browserRoutes({ readAsset }: BrowserDeps): readonly Route[] {
  const page = pageOf(readAsset);
  return [
    ...PAGES.map((path) => browserRoute(path, "A page of the browser UI.", "text/html", page)),
    ...Object.entries(FILES).map(([path, type]) =>
      browserRoute(
        path,
        "A file of the browser UI.",
        type.split(";")[0] ?? type,
        fileAnswer(readAsset, path.slice(1), { type }),
      )
    ),
  ];
}

function pageOf(readAsset: BrowserDeps["readAsset"]): Respond {
  const file = fileAnswer(readAsset, "index.html", {
    type: "text/html; charset=utf-8",
    headers: {
      "content-security-policy": PAGE_POLICY,
      "permissions-policy": "camera=(), microphone=(), geolocation=()",
    },
  });
  // Without its script the page would stay empty and say nothing.
  return async (headers) => {
    if (await readAsset(SCRIPT) === undefined) throw notBuilt(SCRIPT);
    return await file(headers);
  };
}

const SCRIPT = "assets/app.js";
const notBuilt = (name: string) => new Refusal("not_found", `Cannot find ${name}: build it with "deno task build:ui"`);

type Respond = (headers: Headers) => Promise<Answer>;

const browserRoute = (path: string, summary: string, produces: string, respond: Respond): Route =>
  route({
    method: "GET",
    path,
    access: { who: "anyone" },
    summary,
    tag: "Browser UI",
    ...(path.includes("{") ? { params: PAGE_PARAMS } : {}),
    browser: true,
    answers: { 200: z.string() },
    produces,
    handle: ({ headers }) => respond(headers),
  });

/** A file with its tag, so that a browser that has it already is told so. */
function fileAnswer(
  readAsset: BrowserDeps["readAsset"],
  name: string,
  more: Pick<Answer, "type" | "headers">,
): Respond {
  return async (headers) => {
    const bytes = await readAsset(name);
    if (bytes === undefined) throw notBuilt(name);
    const etag = `"${createHash("sha256").update(bytes).digest("base64url").slice(0, 22)}"`;
    const answered = { ...more.headers, "cache-control": "no-cache", etag };
    // A runtime that compresses the file marks its tag as weak.
    const known = headers.get("if-none-match")?.split(",").map((tag) => tag.trim().replace(/^W\//, "")) ?? [];
    if (known.includes(etag) || known.includes("*")) return { status: 304, headers: answered };
    return { status: 200, bytes, ...more, headers: answered };
  };
}
