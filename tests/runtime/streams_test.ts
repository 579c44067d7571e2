import { assert, assertEquals } from "@std/assert";
import { startSacnReceiver, startUdpReceiver } from "../devices/udp_receivers.ts";
import { processTest } from "../support/process.ts";
import { createApiClient } from "./api_client.ts";
import { eventually, within } from "./waiting.ts";

processTest("lights that only hear are kept lit, go dark at a stop, and stay so after it", async ({ start }) => {
  await using strip = await startUdpReceiver();
  await using receiver = await startSacnReceiver([1]);
  const server = await start();
  const api = createApiClient(server.url);
  const urls = { ddp: `ddp://127.0.0.1:${strip.port}`, sacn: `sacn://127.0.0.1:${receiver.port}` };
  const ids: string[] = [];
  for (const [device_type, url] of Object.entries(urls)) {
    const { id } = await api.create("devices", { name: device_type, device_type, url, led_count: 1 });
    const { status } = await api.call("PUT", `/api/v1/devices/${id}/state`, { on: true, color: "#070809" });
    assertEquals(status, 200);
    ids.push(id);
  }
  // Between the frames it is asked how it is.
  const shown = () => strip.packets.filter((packet) => packet[3] === 1).map((packet) => packet[10]);
  await eventually("three frames", () => Promise.resolve(shown().length >= 3 || undefined));
  assert(shown().every((red) => red === 7));
  const { code } = await within("the server to end", server.kill("SIGTERM"));
  assertEquals(code, 0);
  await eventually("darkness", () => Promise.resolve(shown().slice(-3).join() === "0,0,0" || undefined));
  await receiver.first("the end of the stream", ({ options }) => options === 0x40);
  const before = shown().length;
  const again = await start();
  const state = async () => {
    const { json } = await createApiClient(again.url).call("GET", `/api/v1/devices/${ids[0]}`);
    const { online, state }: { readonly online?: unknown; readonly state?: { readonly on: boolean } } = Object(json);
    return online === null ? undefined : { online, on: state?.on };
  };
  assertEquals(await eventually("a check", state), { online: true, on: false });
  assertEquals(shown().length, before);
});
