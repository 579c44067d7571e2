import { assert, assertEquals, assertMatch } from "@std/assert";
import { join } from "node:path";
import { z } from "zod";
import { filePlace, openEngine } from "../support/engine.ts";
import { entriesIn, sha256, textOf } from "../support/export.ts";
import { processTest, type ServerProcess } from "../support/process.ts";
import { type ApiClient, createApiClient } from "./api_client.ts";
import { memoryOf } from "./memory.ts";
import { connectRaw, type RawConnection } from "./raw_http.ts";
import { eventually, pause } from "./waiting.ts";

const TOKEN = "desk-token-0123456789";
const ROWS = 30_000;
/** An entry of about 2.2 kB, so that all of them are 66 MB: far more than sockets hold. */
const LONG = "\u{1f4a1}".repeat(500);
const SLACK_MB = 45;

const PROOF = z.object({
  state: z.string(),
  complete: z.boolean(),
  rows: z.int(),
  bytes: z.int(),
  sha256: z.string().nullable(),
});

const HEALTH = z.object({ audit: z.object({ text_behind: z.int() }) });

/** A server over a log of so many entries that nothing removes. */
async function startOver(
  dir: string,
  rows: number,
  start: (options: object) => Promise<ServerProcess>,
): Promise<{ readonly server: ServerProcess; readonly api: ApiClient }> {
  await Deno.mkdir(join(dir, "data"), { recursive: true });
  const engine = await openEngine(filePlace(join(dir, "data")));
  await engine.settings.change({ maxEntries: null });
  for (let i = 0; i < rows; i++) {
    engine.recorder.record("system", "tick", { message: `${i} ${LONG}` });
    if (i % 250 === 249) await new Promise((resolve) => setTimeout(resolve, 0));
  }
  await engine.close();
  const server = await start({ env: { LUMENLOG_API_KEYS: `desk:admin:${TOKEN}` } });
  return { server, api: createApiClient(server.url, TOKEN) };
}

/** Asks for an export by hand and reads no more than its first bytes. */
async function beginExport({ url }: ServerProcess): Promise<{ connection: RawConnection; id: string }> {
  const connection = await connectRaw(url);
  const head = [
    "GET /api/v1/activity-log/export?format=ndjson HTTP/1.1",
    `Host: ${new URL(url).host}`,
    `Authorization: Bearer ${TOKEN}`,
  ];
  await connection.write(`${head.join("\r\n")}\r\n\r\n`);
  let text = "";
  while (!text.includes("\r\n\r\n")) text += new TextDecoder().decode(await connection.read(2000));
  const id = /^x-export-id: (\S+)$/im.exec(text)?.[1];
  assert(id !== undefined, text);
  return { connection, id };
}

const proofOf = async (api: ApiClient, id: string) =>
  PROOF.parse((await api.call("GET", `/api/v1/activity-log/exports/${id}`)).json);

const exportsOnRecord = (api: ApiClient) => api.entries("actions=activity_log.exported");

processTest("a connection that is cut ends the work, is on record as cut, and leaves its place", async (test) => {
  const { server, api } = await startOver(test.dir, ROWS, test.start);
  for (let round = 0; round < 6; round++) {
    const { connection, id } = await beginExport(server);
    assertEquals((await proofOf(api, id)).state, "running");
    connection.close();
    const proof = await eventually("the end of the export", async () => {
      const found = await proofOf(api, id);
      return found.state === "running" ? undefined : found;
    });
    assertEquals([proof.state, proof.complete, proof.sha256], ["broken", false, null]);
    assert(proof.rows < ROWS, `all ${proof.rows} rows were read`);
  }
  const entries = await exportsOnRecord(api);
  assertEquals(entries.map(({ actor, metadata }) => [actor, metadata["complete"]]), Array(6).fill(["desk", false]));
});

processTest("a client that stops reading costs no memory, and everybody else is served", async (test) => {
  const { server, api } = await startOver(test.dir, ROWS, test.start);
  const warm = await (await fetch(`${server.url}/api/v1/activity-log/export?format=ndjson&actor=nobody`, {
    headers: { authorization: `Bearer ${TOKEN}` },
  })).text();
  assertEquals(warm, "");
  await eventually("the end of the text index's own work", async () => {
    const { json } = await api.call("GET", "/health");
    return HEALTH.parse(json).audit.text_behind === 0 ? true : undefined;
  });
  const before = await memoryOf(server.pid);
  const stalled = [await beginExport(server), await beginExport(server), await beginExport(server)];
  let most = 0;
  for (let i = 0; i < 20; i++) {
    await api.create("gradients", { name: `Glow ${i}` });
    most = Math.max(most, await memoryOf(server.pid));
    await pause(50);
  }
  assert(most < before + SLACK_MB, `${before} MB before, ${most} MB with clients that do not read`);
  for (const { id } of stalled) {
    const { state, rows } = await proofOf(api, id);
    assert(state === "running" && rows < ROWS, `${state} after ${rows} rows`);
  }
  for (const { connection } of stalled) connection.close();
});

processTest("a stop waits for no export, and puts it on record as cut", async (test) => {
  const { server } = await startOver(test.dir, ROWS, test.start);
  const { connection } = await beginExport(server);
  const { code, stderr } = await server.kill("SIGTERM");
  connection.close();
  assertEquals(code, 0, stderr);
  const again = await test.start({ env: { LUMENLOG_API_KEYS: `desk:admin:${TOKEN}` } });
  const [entry] = await exportsOnRecord(createApiClient(again.url, TOKEN));
  assertEquals(entry?.metadata["complete"], false);
});

processTest("the file arrives whole, compressed or not, with a key or by a ticket", async (test) => {
  const { server, api } = await startOver(test.dir, 3000, test.start);
  const path = "/api/v1/activity-log/export?format=ndjson&categories=system&actions=tick";
  for (const encoding of ["identity", "gzip"]) {
    const headers = { authorization: `Bearer ${TOKEN}`, "accept-encoding": encoding };
    const answer = await fetch(server.url + path, { headers });
    // Whoever fetches unpacks by itself, and takes the header away.
    const bytes = new Uint8Array(await answer.arrayBuffer());
    assertEquals(entriesIn(textOf(bytes)).length, 3000);
    const proof = await proofOf(api, answer.headers.get("x-export-id")!);
    assertEquals([proof.state, proof.bytes, proof.sha256], ["complete", bytes.length, sha256(bytes)]);
  }
  const { connection } = await beginExport(server);
  const ticket = z.object({ url: z.string(), export_id: z.string() }).parse(
    (await api.call("POST", "/api/v1/activity-log/export-tickets", { format: "csv" })).json,
  );
  const head = await fetch(server.url + ticket.url, { method: "HEAD" });
  assertMatch(head.headers.get("content-disposition") ?? "", /^attachment; filename="activity-log-.*\.csv"$/);
  const file = await fetch(server.url + ticket.url);
  assertEquals(file.headers.get("x-export-id"), ticket.export_id);
  assertEquals(sha256(new Uint8Array(await file.arrayBuffer())), (await proofOf(api, ticket.export_id)).sha256);
  assertEquals((await fetch(server.url + ticket.url)).status, 404);
  connection.close();
});

processTest("nothing is compressed by the runtime itself", async (test) => {
  const { server } = await startOver(test.dir, 10, test.start);
  const connection = await connectRaw(server.url);
  const head = [
    "GET /api/v1/activity-log/export?format=json HTTP/1.1",
    `Host: ${new URL(server.url).host}`,
    `Authorization: Bearer ${TOKEN}`,
    "Accept-Encoding: gzip;q=0, br, deflate",
    "Connection: close",
  ];
  await connection.write(`${head.join("\r\n")}\r\n\r\n`);
  const answer = await connection.rest();
  assert(!/^content-encoding/im.test(answer), answer.slice(0, 1000));
  assert(answer.includes('"message":"9 '), answer.slice(0, 1000));
  connection.close();
});
