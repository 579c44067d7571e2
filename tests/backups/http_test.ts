import { assert, assertEquals, assertMatch } from "@std/assert";
import { readdirSync } from "node:fs";
import { gunzipSync, gzipSync } from "node:zlib";
import { processTest, type ServerProcess } from "../support/process.ts";
import { createApiClient } from "../runtime/api_client.ts";
import { within } from "../runtime/waiting.ts";
import { filePlace, openEngine } from "../support/engine.ts";
import { addEntity } from "./open_backups.ts";
import { rawExchange } from "./raw_http.ts";

interface Shown {
  readonly filename: string;
  readonly size: number;
}

const BACKUPS = "/api/v1/backups";

/** A server with an admin's key, and some gradients. */
async function prepared(start: () => Promise<ServerProcess>) {
  const server = await start();
  const token = await createApiClient(server.url).createKey({ label: "desk" });
  const api = createApiClient(server.url, token);
  const stops = [{ position: 0, color: "#000000" }, { position: 1, color: "#ffffff" }];
  for (const name of ["Dawn", "Dusk"]) await api.create("gradients", { name, stops });
  const send = (method: string, path: string, init: RequestInit = {}) =>
    fetch(`${server.url}${BACKUPS}${path}`, {
      ...init,
      method,
      headers: { authorization: `Bearer ${token}`, ...init.headers },
    });
  const upload = (body: BodyInit, type = "application/gzip") =>
    send("POST", "/upload", { body, headers: { "content-type": type } });
  return { server, api, token, send, upload, files: () => readdirSync(`${server.dataDir}/backups`).sort() };
}

/** The answer's JSON; only its own test knows what it is. */
const shown = async (response: Response, status: number): Promise<Shown> => {
  const text = await response.text();
  assertEquals(response.status, status, text);
  return JSON.parse(text);
};

processTest("a backup is made, listed, downloaded, uploaded again and removed over the API", async ({ start }) => {
  const { server, api, send, upload, files } = await prepared(start);
  assertEquals((await api.call("GET", BACKUPS)).json, { items: [], total: 0 });
  const made = await send("POST", "");
  const location = made.headers.get("location");
  const backup = await shown(made, 201);
  assertEquals(Object.keys(backup).sort(), ["created_at", "filename", "kind", "size"]);
  assertEquals(location, `${BACKUPS}/${backup.filename}`);
  assertEquals((await api.call("GET", BACKUPS)).json, { items: [backup], total: 1 });

  const head = await send("HEAD", `/${backup.filename}`);
  const got = await send("GET", `/${backup.filename}`);
  const bytes = new Uint8Array(await got.arrayBuffer());
  assertEquals(bytes, Deno.readFileSync(`${server.dataDir}/backups/${backup.filename}`));
  for (const { status, headers } of [head, got]) {
    assertEquals(
      [status, headers.get("content-type"), headers.get("content-length"), headers.get("content-disposition")],
      [200, "application/gzip", String(backup.size), `attachment; filename="${backup.filename}"`],
    );
  }

  const again = await shown(await upload(bytes), 201);
  const plain = await shown(await upload(new Uint8Array(gunzipSync(bytes)), "application/vnd.sqlite3"), 201);
  const streamed = await shown(await upload(new Blob([bytes]).stream(), "application/octet-stream; x=y"), 201);
  const all = [backup, again, plain, streamed].map(({ filename }) => filename);
  assertEquals(files(), [...all].sort());
  for (const filename of all) assertEquals((await send("DELETE", `/${filename}`)).status, 204);
  assertEquals([files(), (await send("DELETE", `/${all[0]}`)).status], [[], 404]);
  const actions = (await api.entries("q=backup.")).map(({ action, actor }) => `${action} ${actor}`);
  assertEquals(actions.toReversed(), [
    ...all.map(() => "backup.created desk"),
    ...all.map(() => "backup.deleted desk"),
  ]);
});

processTest("an upload of another type, without a body, from nobody or of nonsense is refused", async ({ start }) => {
  const { server, send, upload, files } = await prepared(start);
  const statuses = async (...asked: readonly Promise<Response>[]) =>
    await Promise.all(asked.map(async (one) => {
      const response = await one;
      await response.body?.cancel();
      return response.status;
    }));
  assertEquals(
    await statuses(
      upload("{}", "application/json"),
      upload("x", "text/plain"),
      send("POST", "/upload", {
        body: "x",
        headers: { "content-type": "application/gzip", "content-encoding": "gzip" },
      }),
      fetch(`${server.url}${BACKUPS}/upload`, {
        method: "POST",
        body: "x",
        headers: { "content-type": "application/gzip" },
      }),
    ),
    [415, 415, 415, 401],
  );
  assertEquals(await statuses(send("POST", "/upload", { headers: { "content-type": "application/gzip" } })), [422]);
  const nonsense = await upload("this is no backup");
  assertEquals(nonsense.status, 422);
  assertMatch(await nonsense.text(), /neither a gzip file nor a database/);
  const zeros = new Uint8Array(150 * 1024 * 1024);
  zeros.set(new TextEncoder().encode("SQLite format 3\0"));
  const bomb = await upload(new Uint8Array(gzipSync(zeros)));
  assertEquals(bomb.status, 422);
  assertMatch(await bomb.text(), /unpacks to more/);
  assertEquals(files(), []);
});

processTest("no name leads out of the folder, or to what is no backup", async ({ start }) => {
  const { server, token, send, files } = await prepared(start);
  const { filename } = await shown(await send("POST", ""), 201);
  const folder = `${server.dataDir}/backups`;
  Deno.writeTextFileSync(`${folder}/notes.txt`, "private");
  const link = "lumenlog-20260101-000000-000-manual.db.gz";
  Deno.symlinkSync(`${server.dataDir}/lumenlog.db`, `${folder}/${link}`);
  Deno.mkdirSync(`${folder}/lumenlog-20260102-000000-000-manual.db.gz`);
  const there = files();
  const names = [
    "../lumenlog.db",
    "..%2flumenlog.db",
    "%2e%2e%2flumenlog.db",
    "..%5clumenlog.db",
    `..%2fbackups%2f${filename}`,
    `.%2f${filename}`,
    `${filename}%00`,
    `${filename}%00.txt`,
    `${filename}%0a`,
    encodeURIComponent(`${folder}/${filename}`),
    encodeURIComponent("/etc/passwd"),
    "notes.txt",
    link,
    "lumenlog-20260102-000000-000-manual.db.gz",
    "lumenlog-20260230-000000-000-manual.db.gz",
    filename.toUpperCase(),
    `${filename}%20`,
    `%c0%ae%c0%ae%c0%aflumenlog.db`,
    ".",
    "..",
  ];
  for (const name of names) {
    for (const method of ["GET", "HEAD", "DELETE"]) {
      const { status, body } = await rawExchange(server.url, method, `${BACKUPS}/${name}`, token);
      const known = [400, 404, 422];
      // These two are the paths above, once they are made plain.
      if (name === ".") known.push(200, 405);
      assert(known.includes(status), `${method} ${name}: ${status}`);
      assert(!body.includes("private") && !body.includes("SQLite format"), `${method} ${name}`);
    }
  }
  assertEquals(files(), there);
  const listed = (await (await send("GET", "")).json()).items.map((item: Shown) => item.filename);
  assertEquals(listed, [filename]);
});

processTest("who breaks off an upload leaves nothing, and the next one is taken", async ({ start }) => {
  const { server, token, send, upload, files } = await prepared(start);
  const { filename } = await shown(await send("POST", ""), 201);
  const bytes = Deno.readFileSync(`${server.dataDir}/backups/${filename}`);
  const { hostname, port } = new URL(server.url);
  // For a moment longer than its file is there, the broken one keeps the next from beginning.
  const taken = async () => {
    for (;;) {
      const { status, body } = await upload("nonsense");
      await body?.cancel();
      if (status !== 409) return assertEquals(status, 422);
    }
  };
  for (const half of ["content-length: 100000", "transfer-encoding: chunked"]) {
    const socket = await Deno.connect({ hostname, port: Number(port) });
    await socket.write(new TextEncoder().encode(
      `POST ${BACKUPS}/upload HTTP/1.1\r\nhost: ${hostname}:${port}\r\nauthorization: Bearer ${token}\r\n` +
        `content-type: application/gzip\r\n${half}\r\n\r\n100\r\n${"x".repeat(256)}\r\n`,
    ));
    await within("the upload to begin", until(() => files().some((name) => name.endsWith(".part"))));
    socket.close();
    await within("its file to go", until(() => files().length === 1));
    await within("the next upload to be taken", taken());
  }
  const second = await shown(await upload(bytes), 201);
  assertEquals(files(), [filename, second.filename].sort());
});

async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise((resolve) => setTimeout(resolve, 5));
}

processTest(
  "a download is sent as fast as it is taken, and whole when its backup is deleted meanwhile",
  async (test) => {
    await fillWithNoise(`${test.dir}/data`);
    const { server, send } = await prepared(test.start);
    const { filename, size } = await shown(await send("POST", ""), 201);
    assert(size > 30_000_000, `${size}`); // more than all buffers between server and client hold
    const whole = Deno.readFileSync(`${server.dataDir}/backups/${filename}`);
    const response = await send("GET", `/${filename}`);
    assertEquals((await send("DELETE", `/${filename}`)).status, 204);
    if (Deno.build.os === "linux") assert(holdsDeleted(server.pid, filename), "it was read before anybody took it");
    const got = new Uint8Array(await response.arrayBuffer());
    assertEquals([got.length, await digest(got)], [size, await digest(whole)]);
    assertEquals((await send("GET", `/${filename}`)).status, 404);
    const gone = await send("GET", "");
    assertEquals((await gone.json()).total, 0);
    if (Deno.build.os === "linux") {
      await within("the file to be closed", until(() => !holdsDeleted(server.pid, filename)));
    }
  },
);

const digest = async (bytes: Uint8Array<ArrayBuffer>) =>
  new Uint8Array(await crypto.subtle.digest("SHA-256", bytes)).toHex();

/** Whether the process has the file open though it is deleted. */
function holdsDeleted(pid: number, filename: string): boolean {
  // A program of its own: the runtime of the tests looks at no other process.
  const { stdout } = new Deno.Command("ls", { args: ["-l", `/proc/${pid}/fd`], stderr: "null" }).outputSync();
  return new TextDecoder().decode(stdout).includes(`${filename} (deleted)`);
}

/** A database with some 40 MB that nothing packs. */
async function fillWithNoise(dataDir: string): Promise<void> {
  Deno.mkdirSync(dataDir);
  const engine = await openEngine(filePlace(dataDir));
  for (let i = 0; i < 20; i++) {
    const noise = Array.from({ length: 32 }, () => crypto.getRandomValues(new Uint8Array(64 * 1024)).toBase64()).join(
      "",
    );
    await addEntity(engine, `noise-${i}`, noise);
  }
  await engine.close();
}

processTest("the settings of automatic backups are bounded, changed in part, and on record", async ({ start }) => {
  const { api } = await prepared(start);
  const put = (body: unknown) => api.call("PUT", `${BACKUPS}/settings`, body);
  const defaults = { enabled: false, interval_hours: 24, max_backups: 10 };
  assertEquals((await api.call("GET", `${BACKUPS}/settings`)).json, defaults);
  assertEquals((await put({ interval_hours: 6 })).json, { ...defaults, interval_hours: 6 });
  assertEquals((await put({})).status, 200);
  for (
    const wrong of [{ interval_hours: 0 }, { interval_hours: 8761 }, { max_backups: 1.5 }, { max_backups: 1001 }, {
      on: true,
    }]
  ) {
    assertEquals((await put(wrong)).status, 422, JSON.stringify(wrong));
  }
  assertEquals((await api.call("GET", `${BACKUPS}/settings`)).json, { ...defaults, interval_hours: 6 });
  const [entry, ...more] = await api.entries("q=settings.changed");
  assertEquals([entry?.metadata, more], [{ setting_key: "auto_backup", interval_hours: 6 }, []]);
});

processTest("a server that is killed while it makes a backup lists none of it afterwards", async ({ start }) => {
  const { server, token, send, files } = await prepared(start);
  const kept = await shown(await send("POST", ""), 201);
  for (const ms of [0, 3, 6, 10, 15]) {
    const running = ms === 0 ? server : await start();
    const asked = fetch(`${running.url}${BACKUPS}`, { method: "POST", headers: { authorization: `Bearer ${token}` } });
    const ended = asked.then((response) => response.body?.cancel(), () => undefined); // most often nobody answers any more
    await new Promise((resolve) => setTimeout(resolve, ms));
    await running.kill("SIGKILL");
    await ended;
  }
  const last = await start();
  const listed: readonly Shown[] =
    (await (await fetch(`${last.url}${BACKUPS}`, { headers: { authorization: `Bearer ${token}` } })).json()).items;
  assertEquals(files(), listed.map(({ filename }) => filename).sort());
  assertEquals(listed.at(-1)?.filename, kept.filename);
  for (const { filename } of listed) {
    gunzipSync(Deno.readFileSync(`${last.dataDir}/backups/${filename}`)); // whole, or it throws
  }
});
