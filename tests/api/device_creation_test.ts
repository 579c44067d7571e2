import { assert, assertEquals } from "@std/assert";
import { type TestApp, withApp } from "../support/app.ts";
import { bodyOf, refusal, textOf } from "./answers.ts";
import { changesIn, post, put } from "./entities.ts";

/** The part of a WLED controller's `/json/info` that matters, and some of what stands around it. */
const INFO = {
  ver: "0.15.0",
  vid: 2412100,
  leds: { count: 144, pwr: 470, fps: 42, maxpwr: 850, maxseg: 32, seglc: [1], lc: 1, rgbw: false },
  name: "Shelf",
  udpport: 21324,
  mac: "98cdac1eb774",
  ip: "192.168.178.71",
};

/** Runs the work with a device that answers like this. */
async function withDevice(
  answer: (path: string) => Response | Promise<Response>,
  work: (url: string) => Promise<void>,
) {
  const server = Deno.serve({ port: 0, hostname: "127.0.0.1", onListen: () => {} }, ({ url }) => {
    return answer(new URL(url).pathname);
  });
  try {
    await work(`http://127.0.0.1:${server.addr.port}`);
  } finally {
    await server.shutdown();
  }
}

const wled = (app: TestApp, url: string, more = {}) => post(app, "device", { device_type: "wled", url, ...more });
const ledCount = async (answer: Response) => (await bodyOf(answer, 201))["led_count"];

Deno.test("a WLED device tells how many LEDs it has, unless the client does", async () => {
  const asked: string[] = [];
  const device = (path: string) => {
    asked.push(path);
    return Response.json(INFO);
  };
  await withDevice(device, async (url) => {
    await withApp(async (app) => {
      const made = await bodyOf(await wled(app, url), 201);
      assertEquals([made["led_count"], made["online"], made["url"]], [144, null, url]);
      assertEquals(await ledCount(await wled(app, url, { name: "Mine", led_count: 7 })), 7);
      assertEquals(asked, ["/json/info"]);
      // An update that leaves it alone does not ask again; null does.
      const id = textOf(made, "id");
      assertEquals((await bodyOf(await put(app, "device", id, { name: "Shelf" })))["led_count"], 144);
      assertEquals((await bodyOf(await put(app, "device", id, { rgb_order: "grb", led_count: 9 })))["led_count"], 9);
      assertEquals(asked.length, 1);
      assertEquals((await bodyOf(await put(app, "device", id, { led_count: null })))["led_count"], 144);
      assertEquals(asked.length, 2);
    });
  });
});

Deno.test("a device that tells nonsense has 30 LEDs", async () => {
  const nonsense: readonly (() => Response)[] = [
    () => new Response("not JSON"),
    () => new Response("gone", { status: 404 }),
    () => Response.json({ leds: { count: 0 } }),
    () => Response.json({ leds: { count: 1e9 } }),
    () => Response.json({ leds: { count: "144" } }),
    () => Response.json([]),
    () => Response.json({ ...INFO, more: "x".repeat(100_000) }),
    () => Response.redirect("http://127.0.0.1:1/elsewhere"),
  ];
  let next = 0;
  await withDevice(() => nonsense[next++]!(), async (url) => {
    await withApp(async (app) => {
      for (let n = 0; n < nonsense.length; n++) {
        assertEquals(await ledCount(await wled(app, url, { name: `Lamp ${n}` })), 30, `answer ${n}`);
      }
      assertEquals(next, nonsense.length);
      assertEquals(await ledCount(await wled(app, "http://127.0.0.1:1", { name: "Off" })), 30);
    });
  });
});

Deno.test("a device that hangs delays its creation by less than 3 s, and nobody else", async () => {
  const { promise: released, resolve: release } = Promise.withResolvers<void>();
  const hang = async () => {
    await released;
    return Response.json(INFO);
  };
  await withDevice(hang, async (url) => {
    await withApp(async (app) => {
      const begun = performance.now();
      const slow = wled(app, url);
      const other = await post(app, "device", { name: "Quick" });
      assertEquals([other.status, changesIn(app).length], [201, 1]);
      assert(performance.now() - begun < 1000, "somebody else waited too");
      assertEquals(await ledCount(await slow), 30);
      // A bound of the contract, not a measurement.
      assert(performance.now() - begun < 3500, "creating waited too long");
      assertEquals(changesIn(app).length, 2);
    });
    release();
  });
});

Deno.test("an address outside the LAN or with user info is refused, without its password in the answer", async () => {
  await withApp(async (app) => {
    const wrong = ["http://93.184.216.34", "http://user:hunter2@192.168.1.9", "ftp://192.168.1.9", "192.168.1.9"];
    const odd = [
      "http://0x7f.1",
      "http://2130706433",
      "http://[::ffff:8.8.8.8]",
      "http://192.168.1.9/path",
      "http://",
      7,
    ];
    for (const url of [...wrong, ...odd]) {
      const answer = await post(app, "device", { device_type: "wled", url });
      assert(!(await answer.clone().text()).includes("hunter2"));
      assertEquals(await refusal(answer), [422, "url"], String(url));
    }
    assertEquals([app.entries(), JSON.stringify(app.log).includes("hunter2")], [[], false]);
  });
});
