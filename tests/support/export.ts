import { createHash } from "node:crypto";
import type { Entry, ExportRequest, Filter } from "../../src/audit/mod.ts";
import type { TestEngine } from "./engine.ts";

/** An export as a caller begins one; what is left out does not matter to the test. */
export function orderOf(id: string, given: Partial<ExportRequest> = {}): ExportRequest {
  const digest = createHash("sha256");
  return { id, filter: {}, format: "ndjson", guard: "on", actor: "desk", digest, ...given };
}

/** The whole file. */
export async function exported({ exports }: TestEngine, request: ExportRequest): Promise<Uint8Array<ArrayBuffer>> {
  const stream = await exports.start(request);
  if (stream === undefined) throw new Error("too many exports are running");
  return await bytesOf(stream);
}

export const bytesOf = async (stream: ReadableStream<Uint8Array<ArrayBuffer>>) =>
  new Uint8Array(await new Response(stream).arrayBuffer());

export const textOf = (bytes: Uint8Array) => new TextDecoder("utf-8", { fatal: true }).decode(bytes);

export const sha256 = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex");

/** Every entry of an NDJSON file. */
export const entriesIn = (text: string): readonly Entry[] =>
  text.split("\n").filter((line) => line !== "").map((line) => JSON.parse(line));

export async function exportedIds(engine: TestEngine, id: string, filter: Filter): Promise<readonly string[]> {
  return entriesIn(textOf(await exported(engine, orderOf(id, { filter })))).map((entry) => entry.id);
}

const READ_CSV = `
import csv, io, json, sys
text = sys.stdin.buffer.read().decode("utf-8")
print(json.dumps(list(csv.reader(io.StringIO(text, newline=""), strict=True))))
`;

/** Why Python cannot be asked here; undefined where it can. */
export function findPythonProblem(): string | undefined {
  try {
    return new Deno.Command("python3", { args: ["--version"] }).outputSync().success ? undefined : "python3 fails";
  } catch {
    return "python3 is not installed";
  }
}

/** The rows of a CSV file as Python's own reader finds them. */
export async function rowsByPython(bytes: Uint8Array<ArrayBuffer>): Promise<readonly (readonly string[])[]> {
  const child = new Deno.Command("python3", { args: ["-c", READ_CSV], stdin: "piped", stdout: "piped" }).spawn();
  const [output] = await Promise.all([child.output(), new Blob([bytes]).stream().pipeTo(child.stdin)]);
  if (!output.success) throw new Error("Python cannot read the file");
  return JSON.parse(new TextDecoder().decode(output.stdout));
}
