import { assert, assertEquals } from "@std/assert";
import type { Socket } from "node:net";
import { gzipSync } from "node:zlib";
import type { DeviceAnswer, DeviceRequest } from "../../src/devices/device_http.ts";
import { createLanHttp } from "../../src/runtime/lan_http.ts";
import type { Resolve } from "../../src/runtime/lan_lookup.ts";
import { within } from "../runtime/waiting.ts";
import { httpAnswer, startRawServer } from "./raw_server.ts";

const NAMES: Readonly<Record<string, Resolve>> = {
  "desk.local": () => Promise.resolve(["127.0.0.1"]),
  "both.local": () => Promise.resolve(["::1", "127.0.0.1"]),
  "public.example": () => Promise.resolve(["192.0.2.1"]),
  "mixed.example": () => Promise.resolve(["127.0.0.1", "192.0.2.1"]),
  "mapped.example": () => Promise.resolve(["::ffff:192.0.2.1"]),
  "nowhere.local": () => Promise.reject(new Error("ENOTFOUND")),
  "empty.local": () => Promise.resolve([]),
  "silent.local": () => new Promise(() => {}),
};
const resolve: Resolve = (name) => NAMES[name]!(name);
const http = createLanHttp({ resolve });
const SHORT = 150;

/** `ok`, or the reason and whether the device may have acted. */
const told = (answer: DeviceAnswer) => answer.ok ? "ok" : `${answer.reason}${answer.sent ? " sent" : ""}`;

/** What comes of a request to a server that answers like this; its connection is closed in any case. */
async function toldOf(answer: (socket: Socket) => void, request: DeviceRequest = { ms: SHORT }): Promise<string> {
  await using server = await startRawServer(answer);
  const outcome = await within("an outcome", http.request(`http://127.0.0.1:${server.port}/json`, request));
  assertEquals(server.received.length, 1);
  return told(outcome);
}

/** Writes without end, as fast as the other side reads. */
function pour(socket: Socket, text: string): void {
  while (!socket.destroyed && socket.write(text));
  if (!socket.destroyed) socket.once("drain", () => pour(socket, text));
}

Deno.test("a device is asked and told in JSON, without anything that could be a secret", async () => {
  await using server = await startRawServer((socket) => void socket.end(httpAnswer('{"on":true}')));
  const url = `http://127.0.0.1:${server.port}/json/state`;
  const read = await http.request(url);
  assert(read.ok && read.ms >= 0);
  assertEquals(read.json, { on: true });
  assert((await http.request(url, { method: "POST", body: { name: "Küche" } })).ok);
  const [get = "", post = ""] = server.received.map((text) => text.toLowerCase());
  assert(get.startsWith("get /json/state http/1.1\r\n") && post.endsWith('\r\n\r\n{"name":"küche"}'));
  assert(get.includes(`\r\nhost: 127.0.0.1:${server.port}\r\n`) && post.includes("\r\ncontent-length: 17\r\n"), post);
  for (const word of ["cookie", "authorization", "referer"]) assert(!`${get}${post}`.includes(word));
  await within("the connections to close", server.closed());
});

Deno.test("whatever a device answers instead, the request ends with a reason", async () => {
  const expected: Readonly<Record<string, (socket: Socket) => void>> = {
    "timeout sent": () => {},
    "unreachable sent": (socket) => void socket.destroy(),
    "not_json sent": (socket) => void socket.write("hello, this is no HTTP\r\n\r\n"),
    "redirected": (socket) => void socket.end(httpAnswer("{}", "HTTP/1.1 302 Found\r\nlocation: /json/si")),
    "http_error sent": (socket) => void socket.end(httpAnswer("{}", "HTTP/1.1 500 No")),
    // It says that it did not do it.
    "http_error": (socket) => void socket.end(httpAnswer("{}", "HTTP/1.1 401 No")),
    "too_large sent": (socket) => void socket.write("HTTP/1.1 200 OK\r\ncontent-length: 65537\r\n\r\n{"),
  };
  for (const [reason, answer] of Object.entries(expected)) assertEquals(await toldOf(answer, { ms: 500 }), reason);
});

Deno.test("an answer that is no JSON in UTF-8, or only half of it, is none", async () => {
  const bodies = ["", "<html>", "{", '{"a":1}x', "NaN", "\ufeff\ufeff{}"];
  for (const body of bodies) {
    assertEquals(await toldOf((socket) => void socket.end(httpAnswer(body)), {}), "not_json sent", body);
  }
  const latin = (socket: Socket) => {
    socket.write("HTTP/1.1 200 OK\r\ncontent-length: 3\r\n\r\n");
    socket.end(new Uint8Array([0x22, 0xe4, 0x22]));
  };
  assertEquals(await toldOf(latin, {}), "not_json sent");
  const half = (socket: Socket) => void socket.end('HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\n{"a"');
  assertEquals(await toldOf(half, {}), "unreachable sent");
  const switched = (socket: Socket) =>
    void socket.write("HTTP/1.1 101 Switching\r\nupgrade: x\r\nconnection: upgrade\r\n\r\n");
  assertEquals(await toldOf(switched, {}), "unreachable sent");
});

Deno.test("the time limit covers a device that keeps sending a little, the size limit one that sends a lot", async () => {
  const trickle = (socket: Socket) => {
    socket.write("HTTP/1.1 200 OK\r\n\r\n");
    const timer = setInterval(() => void socket.write(" "), 20);
    socket.on("close", () => clearInterval(timer));
  };
  assertEquals(await toldOf(trickle), "timeout sent");
  const slowHead = (socket: Socket) => {
    const timer = setInterval(() => void socket.write("x"), 20);
    socket.write("HTTP/1.1 200 OK\r\nx-");
    socket.on("close", () => clearInterval(timer));
  };
  assertEquals(await toldOf(slowHead), "timeout sent");
  const endless = (socket: Socket) => {
    socket.write("HTTP/1.1 200 OK\r\n\r\n[");
    pour(socket, "1,".repeat(20_000));
  };
  assertEquals(await toldOf(endless, {}), "too_large sent");
  const chunked = (socket: Socket) => {
    socket.write("HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n");
    pour(socket, `ffff\r\n${" ".repeat(0xffff)}\r\n`);
  };
  assertEquals(await toldOf(chunked, {}), "too_large sent");
  const endlessHead = (socket: Socket) => {
    socket.write("HTTP/1.1 200 OK\r\n");
    pour(socket, `x-more: ${"y".repeat(1000)}\r\n`);
  };
  assertEquals(await toldOf(endlessHead, {}), "too_large sent");
  const whole = (socket: Socket) => void socket.end(httpAnswer(JSON.stringify("x".repeat(65_534))));
  assertEquals(await toldOf(whole, {}), "ok");
});

Deno.test("nothing that a device has packed is unpacked, and ten megabytes of JSON are not read", async () => {
  const packed = gzipSync(`{"a":"${"0".repeat(50_000_000)}"}`);
  assert(packed.length < 60_000, "small enough to be read as it is");
  const bomb = (socket: Socket) => {
    socket.write(`HTTP/1.1 200 OK\r\ncontent-encoding: gzip\r\ncontent-length: ${packed.length}\r\n\r\n`);
    socket.write(packed);
  };
  assertEquals(await toldOf(bomb, {}), "not_json sent");
  const long = `["${"x".repeat(10_000_000)}"]`;
  assertEquals(await toldOf((socket) => void socket.write(httpAnswer(long)), {}), "too_large sent");
  assertEquals(await toldOf((socket) => void socket.end(`HTTP/1.1 200 OK\r\n\r\n${long}`), {}), "too_large sent");
});

Deno.test("what stands around a body is limited too", async () => {
  const interim = (socket: Socket) => pour(socket, "HTTP/1.1 100 Continue\r\n\r\n".repeat(2000));
  assertEquals(await toldOf(interim, {}), "too_large sent");
  const extension = (socket: Socket) => {
    socket.write("HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n1;");
    pour(socket, "a".repeat(40_000));
  };
  // Some runtimes do not take it for HTTP at all.
  assert(["too_large sent", "not_json sent"].includes(await toldOf(extension, {})));
});

Deno.test("only an address of this network is ever connected to, also when a name leads elsewhere", async () => {
  await using server = await startRawServer((socket) => void socket.end(httpAnswer("{}")));
  const outcomes: Record<string, string> = {};
  const hosts = [...Object.keys(NAMES), "127.0.0.1", "192.0.2.1", "[::ffff:192.0.2.1]", "[2001:db8::1]", "0.0.0.0"];
  for (const host of hosts) outcomes[host] = told(await http.request(`http://${host}:${server.port}/`, { ms: SHORT }));
  assertEquals(outcomes, {
    "desk.local": "ok",
    "both.local": "ok",
    "public.example": "not_lan",
    "mixed.example": "not_lan",
    "mapped.example": "not_lan",
    "nowhere.local": "unresolved",
    "empty.local": "unresolved",
    "silent.local": "timeout",
    "127.0.0.1": "ok",
    "192.0.2.1": "not_lan",
    "[::ffff:192.0.2.1]": "not_lan",
    "[2001:db8::1]": "not_lan",
    "0.0.0.0": "not_lan",
  });
  assertEquals(server.received.length, 3);
  assert(server.received[0]?.toLowerCase().includes(`\r\nhost: desk.local:${server.port}\r\n`));
});

Deno.test("a device that points at this server itself is not asked", async () => {
  await using server = await startRawServer((socket) => void socket.end(httpAnswer("{}")));
  const here = createLanHttp({ ownPort: () => server.port });
  const spellings = ["[::ffff:127.0.0.1]", "[::ffff:7f08:901]", "[0:0:0:0:0:ffff:7f00:1]", "[0:0:0:0:0:0:0:1]"];
  for (const host of ["127.0.0.1", "localhost", "127.8.9.1", ...spellings]) {
    assertEquals(told(await here.request(`http://${host}:${server.port}/`, { ms: SHORT })), "not_wled", host);
  }
  assertEquals(server.received, []);
});

Deno.test("a name is looked up for every request, and the answer of that very look-up is where the request goes", async () => {
  await using server = await startRawServer((socket) => void socket.end(httpAnswer("{}")));
  const answers = [["127.0.0.1"], ["192.0.2.1"], ["127.0.0.1"]];
  let asked = 0;
  const rebinding = createLanHttp({ resolve: () => Promise.resolve(answers[asked++]!) });
  const outcomes: string[] = [];
  for (const _ of answers) outcomes.push(told(await rebinding.request(`http://rebind.example:${server.port}/`)));
  assertEquals([outcomes, asked, server.received.length], [["ok", "not_lan", "ok"], 3, 2]);
});

Deno.test("no redirect is followed, wherever it leads", async () => {
  await using other = await startRawServer((socket) => void socket.end(httpAnswer("{}")));
  for (const to of [`http://127.0.0.1:${other.port}/`, "http://192.0.2.1/", "//localhost/", "/json/si"]) {
    for (const status of [301, 302, 303, 307, 308]) {
      const answer = httpAnswer("{}", `HTTP/1.1 ${status} Moved\r\nlocation: ${to}`);
      assertEquals(await toldOf((socket) => void socket.end(answer), {}), "redirected");
    }
  }
  assertEquals(other.received, []);
});

Deno.test("a device that is off, or speaks no TLS where it should, was told nothing", async () => {
  await using server = await startRawServer((socket) => void socket.end(httpAnswer("{}")));
  assertEquals(told(await http.request("http://127.0.0.1:9/", { method: "POST", body: {} })), "unreachable");
  assertEquals(told(await http.request(`https://127.0.0.1:${server.port}/`, { ms: 1000 })), "tls");
});

Deno.test("a caller who gives up ends the request, before and while it runs", async () => {
  await using server = await startRawServer(() => {});
  const url = `http://127.0.0.1:${server.port}/`;
  assertEquals(told(await http.request(url, { signal: AbortSignal.abort() })), "timeout");
  const control = new AbortController();
  const request = http.request(url, { signal: control.signal, ms: 60_000 });
  setTimeout(() => control.abort(), 50);
  assert(["timeout", "timeout sent"].includes(told(await within("the end", request))));
  await within("the connections to close", server.closed());
});
