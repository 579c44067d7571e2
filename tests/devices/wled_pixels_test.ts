import { assertEquals } from "@std/assert";
import { startController } from "../../virtual_wled/controller.ts";
import { PROVIDERS } from "../../src/devices/providers.ts";
import { createLanHttp } from "../../src/runtime/lan_http.ts";
import { createLanNetwork } from "../../src/runtime/lan_network.ts";
import { systemPorts } from "../../src/runtime/ports.ts";
import { eventually } from "../runtime/waiting.ts";

/** An address of this machine that nobody else listens at, so that WLED's own port is free there. */
const HOST = "127.72.19.4";

Deno.test("a WLED controller is painted by DDP, in its own order of channels, and says so", async () => {
  const controller = await startController({ name: "Shelf", ledCount: 600, host: HOST, ddpPort: 4048 });
  const network = createLanNetwork();
  try {
    assertEquals(controller.ddpPort, 4048);
    const { turn, entropy } = systemPorts();
    const link = PROVIDERS.wled.open(
      {
        url: controller.url,
        enabled: true,
        led_count: 600,
        rgb_order: "grb",
        universe: 1,
        priority: 100,
      },
      { http: createLanHttp(), network, delay: turn.delay, entropy },
      undefined,
    );
    const frame = new Uint8Array(1800).map((_, index) => index % 251);
    assertEquals(await link.pixels?.send(frame), { ok: true });
    await eventually("the picture", () => Promise.resolve(String(controller.pixels()) === String(frame) || undefined));
    const { live, lm, lip } = await (await fetch(`${controller.url}/json/info`)).json();
    assertEquals([live, lm, lip], [true, "DDP", "127.0.0.1"]);
    await link.pixels?.end();
    await link.close();
    assertEquals(link.kept(), null, "the controller is the one that knows");
  } finally {
    await network.close();
    await controller.close();
  }
});
