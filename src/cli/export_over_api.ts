import { z } from "zod";
import type { ExportCommand } from "./commands.ts";
import { EXIT, Failure } from "./exit.ts";
import type { ExportProof, ExportSource, OpenExport } from "./export_source.ts";
import { bearerOf, jsonOf, noLumenlog, problemText, reachable, unreachable } from "./server_api.ts";

const LIMIT_MS = 5000;
const FACETS = z.object({ total: z.int(), partial: z.boolean() });
const PROOF = z.object({ complete: z.boolean(), rows: z.int(), bytes: z.int(), sha256: z.string().nullable() });

/** An export by a running server. */
export async function exportOverApi(
  url: string,
  token: string | null,
  { given }: ExportCommand,
  { counted, signal }: OpenExport,
): Promise<ExportSource> {
  const log = `${reachable(url)}/api/v1/activity-log`;
  // Compressed it would arrive unpacked all the same, and most often the server is this machine.
  const headers = { ...bearerOf(token), "accept-encoding": "identity" };
  const small = async (path: string): Promise<unknown> => {
    const answer = await fetch(`${log}${path}`, { headers, signal: AbortSignal.timeout(LIMIT_MS) });
    return jsonOf(await answer.text());
  };
  const total = counted ? await countOf(small, given) : null;
  const answer = await fetch(`${log}/export?${new URLSearchParams(given.map(([name, text]) => [name, text]))}`, {
    headers,
    signal,
  }).catch((error: unknown) => {
    throw unreachable(url, error);
  });
  if (!answer.ok) throw new Failure(EXIT.failure, explain(answer.status, await answer.text()));
  const id = answer.headers.get("x-export-id");
  if (id === null || answer.body === null) throw noLumenlog(url);
  return { bytes: answer.body, total, proof: () => proofOf(small, id) };
}

type Small = (path: string) => Promise<unknown>;

async function countOf(small: Small, given: ExportCommand["given"]): Promise<number | null> {
  const filter = given.filter(([name]) => name !== "format" && name !== "guard").map(([name, text]) => [name, text]);
  // It is for the eye alone: an export goes on without.
  const facets = FACETS.safeParse(await small(`/facets?${new URLSearchParams(filter)}`).catch(() => undefined));
  return facets.success && !facets.data.partial ? facets.data.total : null;
}

async function proofOf(small: Small, id: string): Promise<ExportProof | undefined> {
  // Without an answer nobody knows, which is what whoever asked is told.
  const proof = PROOF.safeParse(await small(`/exports/${encodeURIComponent(id)}`).catch(() => undefined));
  return proof.success ? proof.data : undefined;
}

const explain = (status: number, text: string): string =>
  status === 401 ? "The running server needs a key: give it with --token or LUMENLOG_TOKEN" : problemText(status, text);
