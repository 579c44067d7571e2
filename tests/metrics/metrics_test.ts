import { assert, assertEquals, assertMatch, assertThrows } from "@std/assert";
import { deviceFamily } from "../../src/metrics/families.ts";
import { exposition } from "../../src/metrics/exposition.ts";
import { createHttpCounts } from "../../src/metrics/http_counts.ts";
import { metricsRoutes } from "../../src/metrics/routes.ts";
import { isInstalled, testWhere } from "../packaging/files.ts";
import { createApiClient } from "../runtime/api_client.ts";
import { withApp } from "../support/app.ts";
import { processTest } from "../support/process.ts";
import { parseMetrics, type Series } from "./parse.ts";

const sum = (series: Series, start: string) =>
  [...series].filter(([name]) => name.startsWith(start)).reduce((total, [, value]) => total + value, 0);

Deno.test("requests are counted by the pattern of their route, whatever is asked for", async () => {
  await withApp(async (app) => {
    for (let i = 0; i < 30; i++) await app.call("GET", `/api/v1/gradients/grd_${i}`);
    for (let i = 0; i < 20; i++) await app.call("GET", `/nothing/at/${i}`);
    await app.call("PATCH", "/api/v1/gradients");
    await app.call("POST", "/api/v1/gradients", { json: { name: "Sunset" } });
    const answer = await app.call("GET", "/metrics");
    assertEquals([answer.status, answer.headers.get("content-type")], [
      200,
      "text/plain; version=0.0.4; charset=utf-8",
    ]);
    const text = await answer.text();
    const series = parseMetrics(text);
    const requests = (labels: string) => series.get(`lumenlog_http_requests_total{${labels}}`);
    assertEquals(requests('method="GET",route="/api/v1/gradients/{id}",status="4xx"'), 30);
    assertEquals(requests('method="GET",route="none",status="4xx"'), 20);
    assertEquals(requests('method="other",route="/api/v1/gradients",status="4xx"'), 1);
    assertEquals(requests('method="POST",route="/api/v1/gradients",status="2xx"'), 1);
    const timed = sum(series, "lumenlog_http_request_duration_seconds_count");
    assertEquals(timed, sum(series, "lumenlog_http_requests_total"));
    assert(!text.includes("grd_") && !text.includes("/nothing") && !text.includes("Sunset"));
  });
});

Deno.test("the log, its losses and its limits are told, and the devices by state without their names", async () => {
  await withApp(async (app) => {
    const made = { name: "Kitchen shelf", device_type: "virtual" };
    for (
      const more of [{}, { name: "Off", enabled: false }, { name: "Ddp", device_type: "ddp", url: "ddp://127.0.0.1" }]
    ) {
      assertEquals((await app.call("POST", "/api/v1/devices", { json: { ...made, ...more } })).status, 201);
    }
    const text = await (await app.call("GET", "/metrics")).text();
    const series = parseMetrics(text);
    assertEquals(series.get('lumenlog_devices{type="virtual",state="disabled"}'), 1);
    assertEquals(sum(series, 'lumenlog_devices{type="virtual"'), 2);
    assertEquals(sum(series, 'lumenlog_devices{type="ddp"'), 1);
    assertEquals(series.get("lumenlog_log_head_seq"), app.entries().length);
    assertEquals(series.get("lumenlog_log_storing"), 1);
    assertEquals(series.get("lumenlog_log_entries_lost_total"), 0);
    assertEquals(series.get("lumenlog_log_retention_seconds"), 90 * 86_400);
    assertEquals(series.get("lumenlog_log_retention_entries"), 20_000);
    assertEquals(series.get("lumenlog_live_clients"), 0);
    assert(!text.includes("Kitchen") && !text.includes("127.0.0.1"));
  });
});

Deno.test("while the database does not answer, all that is known without it is told", async () => {
  const said: string[] = [];
  const health = { enabled: true, storing: false, waiting: 1, lost: 2, unrecorded: 2, text_behind: 0, followers: 0 };
  const [metrics] = metricsRoutes({
    version: "1.2.3",
    now: () => 5000,
    log: { warning: (message) => said.push(message) },
    process: { startedAt: 1000, residentBytes: () => 1, elapsed: () => 0 },
    http: createHttpCounts({ elapsed: () => 0 }),
    audit: () => Promise.resolve({ ...health, head_seq: null, retention_failing: false, age_waits_until: null }),
    settings: () => ({ enabled: true, maxDays: null, maxEntries: null }),
    devices: () => Promise.reject(new Error("disk I/O error")),
  });
  const caller = { actor: "desk", role: null, key: true, client: "127.0.0.1" };
  const none = {
    bytes: new ReadableStream<Uint8Array>(),
    params: {},
    query: {},
    body: undefined,
    headers: new Headers(),
    head: false,
  };
  const { text = "" } = await metrics!.handle({ ...none, signal: new AbortController().signal, caller });
  const series = parseMetrics(text);
  assertEquals(series.get("lumenlog_log_storing"), 0);
  assertEquals(series.get("lumenlog_log_entries_lost_total"), 2);
  assertEquals(series.get("lumenlog_uptime_seconds"), 4);
  assert(!/head_seq|retention_seconds|retention_entries|lumenlog_devices/.test(text), text);
  assertEquals(said, ["Devices could not be counted"]);
});

Deno.test("devices are of every state or of none", () => {
  const series = parseMetrics(exposition([deviceFamily([{ type: "wled", state: "online" }]), deviceFamily([])]));
  assertEquals([...series].map(([name, value]) => `${/state="(\w+)"/.exec(name)?.[1]} ${value}`), [
    "online 1",
    "offline 0",
    "unknown 0",
    "disabled 0",
  ]);
});

Deno.test("how long requests took is counted up from bucket to bucket", () => {
  let now = 0;
  const counts = createHttpCounts({ elapsed: () => now });
  for (const ms of [0, 1, 1.5, 300, 60_000]) {
    const answered = counts.begin({ method: "GET", path: "/x" });
    now += ms;
    answered(200);
  }
  const series = parseMetrics(exposition(counts.families()));
  const upTo = (le: string) => series.get(`lumenlog_http_request_duration_seconds_bucket{route="/x",le="${le}"}`);
  assertEquals([upTo("0.001"), upTo("0.0025"), upTo("0.25"), upTo("0.5"), upTo("5"), upTo("+Inf")], [2, 3, 3, 4, 4, 5]);
  assertEquals(series.get('lumenlog_http_request_duration_seconds_sum{route="/x"}'), 60.3025);
  assertEquals(series.get('lumenlog_http_request_duration_seconds_count{route="/x"}'), 5);
});

Deno.test("what a label holds cannot break out of it", () => {
  const labels = { x: 'a"} 1\nb 2\\' };
  const text = exposition([{ name: "a", help: "A.", type: "gauge", samples: [{ labels, value: 1 }] }]);
  assertEquals([...parseMetrics(text).keys()], ['a{x="a\\"} 1\\nb 2\\\\"}']);
  for (const wrong of ["a 1\n", "# HELP a A.\n# TYPE a gauge\na{x=1} 1\n", "# HELP a A.\n# TYPE a gauge\nb 1\n"]) {
    assertThrows(() => parseMetrics(wrong));
  }
});

processTest("the process tells when it began, how long it runs and what memory it holds", async ({ start }) => {
  const before = Date.now() / 1000;
  const env = { LUMENLOG_API_KEYS: "graphs:viewer:graphs-token-0123456789,desk:admin:desk-token-0123456789" };
  const { url } = await start({ env });
  assertEquals((await createApiClient(url).call("GET", "/metrics")).status, 401);
  const headers = { authorization: "Bearer graphs-token-0123456789" };
  const text = await (await fetch(`${url}/metrics`, { headers })).text();
  const series = parseMetrics(text);
  const started = series.get("process_start_time_seconds")!;
  assert(started > before - 5 && started < Date.now() / 1000, `${started} after ${before}`);
  assert(series.get("lumenlog_uptime_seconds")! > 0);
  assert(series.get("process_resident_memory_bytes")! > 20e6);
  assertMatch(text, /^lumenlog_build_info\{version="\d+\.\d+\.\d+"\} 1$/m);
  assert(!text.includes("graphs") && !text.includes("desk"));
});

testWhere(
  isInstalled("promtool", "--version") ? undefined : "promtool is not installed",
  "Prometheus itself finds nothing wrong with it",
  async () => {
    await withApp(async (app) => {
      const bytes = new Uint8Array(await (await app.call("GET", "/metrics")).arrayBuffer());
      const check = new Deno.Command("promtool", { args: ["check", "metrics"], stdin: "piped", stderr: "piped" })
        .spawn();
      const writer = check.stdin.getWriter();
      await writer.write(bytes);
      await writer.close();
      const { code, stderr } = await check.output();
      assertEquals([code, new TextDecoder().decode(stderr)], [0, ""]);
    });
  },
);
