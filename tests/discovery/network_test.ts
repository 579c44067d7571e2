import { assert, assertEquals } from "@std/assert";
import { Buffer } from "node:buffer";
import { listInterfaces } from "../../src/runtime/mdns_interfaces.ts";
import { eventually } from "../runtime/waiting.ts";
import { createRandom } from "../support/random.ts";
import { withTempDir } from "../support/engine.ts";
import { withController } from "../virtual_wled/support.ts";
import { LOOPBACK, ownName, sendRaw, withSeeker } from "./real_network.ts";
import { findAvahiProblem, openBonjour, publishWithBonjour, startAvahi } from "./responders.ts";

const ownMac = () => `02${crypto.randomUUID().replaceAll("-", "").slice(0, 10)}`;

Deno.test("a virtual controller is found when it starts, and lost when it closes", () =>
  withSeeker(async ({ found, lost, entries }) => {
    const [name, mac] = [ownName("Shelf"), ownMac()];
    await withController(async ({ controller }) => {
      const device = await found(name);
      assertEquals([device.url, device.mac], [controller.url, mac]);
    }, { name, mac, announce: true });
    await lost(name);
    assertEquals(await entries(name, 2), ["device.discovered", "device.lost"]);
  }));

Deno.test("a controller that was there before the server is found too", () => {
  const name = ownName("Early");
  return withController(
    () =>
      withSeeker(async ({ found, entries }) => {
        await found(name);
        assertEquals(await entries(name, 1), ["device.discovered"]);
      }),
    { name, announce: true },
  );
});

Deno.test("a device that another library announces is found, and lost at its goodbye", () =>
  withSeeker(async ({ found, lost, entries }) => {
    const [name, mac] = [ownName("Bonjour"), ownMac()];
    const responder = publishWithBonjour(name, 8123, mac);
    try {
      const device = await found(name);
      assertEquals(device, {
        ...device,
        url: "http://127.0.0.1:8123",
        mac,
        host: `bonjour-${mac}.local`,
      });
    } finally {
      await responder.close();
    }
    await lost(name);
    assertEquals(await entries(name, 2), ["device.discovered", "device.lost"]);
  }));

const avahi = findAvahiProblem();
if (avahi !== undefined) {
  Deno.test.ignore(`a device that avahi announces is found, and lost at its goodbye [SKIPPED: ${avahi}]`, () => {});
} else {
  Deno.test("a device that avahi announces is found, and lost at its goodbye", () =>
    withTempDir((dir) =>
      withSeeker(async ({ found, lost, entries }) => {
        const [name, mac] = [ownName("Avahi"), ownMac()];
        const daemon = await startAvahi(dir, name, 8124, mac);
        try {
          const device = await found(name);
          assertEquals([device.url, device.mac], ["http://127.0.0.1:8124", mac]);
          await daemon.withdraw();
          await lost(name);
        } finally {
          await daemon.close();
        }
        assertEquals(await entries(name, 2), ["device.discovered", "device.lost"]);
      })
    ));
}

Deno.test("the network goes away and comes back, without an error, and with one line for each", () => {
  let there = true;
  const interfaces = () => there ? listInterfaces() : [];
  return withSeeker(async ({ found, list, warnings }) => {
    const name = ownName("Constant");
    await withController(async () => {
      await found(name);
      there = false;
      const problem = await eventually("the loss to be noticed", async () => (await list()).problem ?? undefined);
      assert(problem.includes(LOOPBACK), problem);
      there = true;
      await eventually("it to be back", async () => (await list()).problem === null || undefined);
      await found(name);
    }, { name, announce: true });
    const later = ownName("Later");
    await withController(() => found(later).then(() => undefined), { name: later, announce: true });
    await eventually("both lines", () => Promise.resolve(warnings.length === 2 || undefined));
  }, { interfaces });
});

Deno.test("where no socket can be opened the server runs on and says so once", () =>
  withSeeker(async ({ app, list, warnings }) => {
    await eventually("the warning", () => Promise.resolve(warnings.length > 0 || undefined));
    assertEquals([warnings.length, (await list()).problem !== null], [1, true]);
    assertEquals((await app.call("GET", "/health")).status, 200);
  }, { interfaces: () => [] }));

/** A packet of mDNS that answers with one record after another. */
const answer = (...records: readonly Uint8Array[]): Uint8Array =>
  Buffer.concat([Buffer.from([0, 0, 0x84, 0, 0, 0, 0, records.length, 0, 0, 0, 0]), ...records]);
const label = (text: string) => Buffer.concat([Buffer.from([Buffer.byteLength(text)]), Buffer.from(text)]);
const nameOf = (...labels: readonly string[]) => Buffer.concat([...labels.map(label), Buffer.from([0])]);
const record = (name: Uint8Array, type: number, data: Uint8Array, ttl = 120) =>
  Buffer.concat([name, Buffer.from([0, type, 0, 1, 0, 0, 0, ttl, data.length >> 8, data.length & 255]), data]);

Deno.test("malformed packets leave the server as it was", () =>
  withSeeker(async ({ app, found, warnings }) => {
    const random = createRandom(7);
    const service = nameOf("_wled", "_tcp", "local");
    const sound = answer(
      record(service, 12, nameOf("x", "_wled", "_tcp", "local")),
      record(nameOf("x", "_wled", "_tcp", "local"), 33, Buffer.concat([Buffer.from([0, 0, 0, 0, 0, 80]), nameOf("h")])),
    );
    const packets: Uint8Array[] = [
      new Uint8Array(0),
      new Uint8Array(1),
      new Uint8Array(11),
      answer(Buffer.from([0xc0, 0x0c])),
      answer(record(Buffer.from([0xc0, 12]), 12, Buffer.from([0xc0, 12]))),
      answer(record(service, 12, new Uint8Array(0))),
      answer(record(service, 33, Buffer.from([1]))),
      answer(record(service, 1, Buffer.from([1, 2]))),
      answer(record(service, 28, Buffer.from([1, 2]))),
      answer(record(service, 16, Buffer.from([255, 1]))),
      Buffer.concat([Buffer.from([0, 0, 0x84, 0, 255, 255, 255, 255, 255, 255, 255, 255]), service]),
      ...Array.from({ length: 60 }, () => Uint8Array.from({ length: random.int(400) }, () => random.int(256))),
      ...Array.from({ length: 60 }, () => {
        const spoilt = Uint8Array.from(sound);
        for (let n = 0; n < 3; n++) spoilt[random.int(spoilt.length)] = random.int(256);
        return spoilt;
      }),
    ];
    await sendRaw(packets);
    const name = ownName("After");
    await withController(() => found(name).then(() => undefined), { name, announce: true });
    assertEquals((await app.call("GET", "/health")).status, 200);
    assertEquals(warnings, []);
  }));

Deno.test("a flood is dropped before it is read, and the log stays small", () =>
  withSeeker(async ({ app, found }) => {
    const word = ownName("Flood");
    const packets = Array.from({ length: 5000 }, (_, n) => {
      const instance = nameOf(`${word} ${n}`, "_wled", "_tcp", "local");
      const host = nameOf(`flood-${n}`, "local");
      return answer(
        record(nameOf("_wled", "_tcp", "local"), 12, instance),
        record(instance, 33, Buffer.concat([Buffer.from([0, 0, 0, 0, 0, 80]), host])),
        record(instance, 16, Buffer.from([0])),
        record(host, 1, Buffer.from([127, 0, 0, 1])),
      );
    });
    await sendRaw(packets);
    assertEquals((await app.call("GET", "/health")).status, 200);
    const ofFlood = () => app.entries().filter(({ message }) => message.includes(`'${word} `)).length;
    await eventually("something of the flood", () => Promise.resolve(ofFlood() > 0 || undefined));
    assert(ofFlood() <= 10, String(ofFlood()));
    // The next second has room for others.
    const name = ownName("After");
    await withController(() => found(name).then(() => undefined), { name, announce: true });
  }));

Deno.test("an answer from another port than that of mDNS is none", () =>
  withSeeker(async ({ list, found }) => {
    const forged = ownName("Forged");
    const instance = nameOf(forged, "_wled", "_tcp", "local");
    const host = nameOf(forged.replaceAll(" ", "-"), "local");
    await sendRaw([answer(
      record(nameOf("_wled", "_tcp", "local"), 12, instance),
      record(instance, 33, Buffer.concat([Buffer.from([0, 0, 0, 0, 0, 80]), host])),
      record(instance, 16, Buffer.from([0])),
      record(host, 1, Buffer.from([127, 0, 0, 1])),
    )], 0);
    const name = ownName("After");
    await withController(() => found(name).then(() => undefined), { name, announce: true });
    assert((await list()).items.every((each) => each.name !== forged));
  }));

Deno.test("another library finds the server, and hears its goodbye", async () => {
  const bonjour = openBonjour();
  const machine = `m${crypto.randomUUID().slice(0, 8)}`;
  const own = { hostName: machine, machineId: machine.slice(1, 7), port: 8421, secure: false, version: "9.9.9" };
  const up: string[] = [];
  const down: string[] = [];
  let seen:
    | { readonly port: number; readonly addresses?: string[]; readonly txt?: Record<string, unknown> }
    | undefined;
  try {
    const browser = bonjour.find({ type: "lumenlog" }, (service) => {
      up.push(service.name);
      if (service.name.includes(machine)) seen = service;
    });
    browser.on("down", (service) => void down.push(service.name));
    const name = `Lumenlog on ${machine}`;
    await withSeeker(async () => {
      await eventually("the server to be found", () => {
        if (!up.includes(name)) browser.update();
        return Promise.resolve(up.includes(name) || undefined);
      });
      assertEquals(seen?.port, 8421);
      assertEquals(seen?.addresses, [LOOPBACK]);
      assertEquals([seen?.txt?.["path"], seen?.txt?.["version"]], ["/", "9.9.9"]);
    }, { own });
    await eventually("its goodbye", () => Promise.resolve(down.includes(name) || undefined));
  } finally {
    await new Promise<void>((resolve) => bonjour.destroy(() => resolve()));
  }
});

Deno.test("two servers of one name end up with two names", async () => {
  const bonjour = openBonjour();
  const machine = `m${crypto.randomUUID().slice(0, 8)}`;
  const own = (port: number) => (
    { hostName: machine, machineId: machine.slice(1, 7), port, secure: false, version: "9.9.9" }
  );
  const ports = new Map<string, number>();
  try {
    const browser = bonjour.find({ type: "lumenlog" }, (service) => void ports.set(service.name, service.port));
    const shown = (name: string) =>
      eventually(name, () => {
        browser.update();
        return Promise.resolve(ports.get(name));
      });
    const name = `Lumenlog on ${machine}`;
    await withSeeker(async () => {
      assertEquals(await shown(name), 8431);
      await withSeeker(async () => assertEquals(await shown(`${name} (2)`), 8432), { own: own(8432) });
    }, { own: own(8431) });
  } finally {
    await new Promise<void>((resolve) => bonjour.destroy(() => resolve()));
  }
});
