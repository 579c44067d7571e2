import { assert, assertEquals } from "@std/assert";
import { type Answer, type MulticastDns, openMulticastDns } from "../../virtual_wled/mdns.ts";
import { until, withController } from "./support.ts";

/** One that listens on loopback, with everything that it heard. */
interface Browser {
  readonly mdns: MulticastDns;
  readonly heard: Answer[];
  /** Asks, and asks again until it is answered: datagrams may be lost. */
  ask(name: string, type: string, answered: (answer: Answer) => boolean): Promise<Answer>;
}

async function withBrowser(work: (browser: Browser) => Promise<void>): Promise<void> {
  const mdns = openMulticastDns();
  const heard: Answer[] = [];
  mdns.on("response", ({ answers, additionals }) => void heard.push(...answers, ...additionals));
  const ask: Browser["ask"] = async (name, type, answered) => {
    const found = () => heard.findLast(answered);
    for (let round = 0; round < 50 && found() === undefined; round++) {
      mdns.query({ questions: [{ name, type }] }, () => {});
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    return found() ?? Promise.reject(new Error(`Nobody answers ${type} ${name}`));
  };
  try {
    await work({ mdns, heard, ask });
  } finally {
    await new Promise<void>((resolve) => mdns.destroy(resolve));
  }
}

/** A name of its own for each run, since other tests share the loopback. */
const ownName = () => `Shelf ${crypto.randomUUID().slice(0, 8)}`;
const records = (heard: readonly Answer[], name: string) => heard.filter((answer) => answer.name.startsWith(name));

for (const service of ["_wled._tcp.local", "_http._tcp.local"]) {
  Deno.test(`whoever browses ${service} finds the controller, its port, its hardware address and its address`, () => {
    const name = ownName();
    const instance = `${name}.${service}`;
    return withController(({ controller }) =>
      withBrowser(async ({ ask }) => {
        await ask(service, "PTR", ({ type, data }) => type === "PTR" && data === instance);
        const srv = await ask(instance, "SRV", (answer) => answer.name === instance && answer.type === "SRV");
        const { port, target } = Object(srv.data);
        assertEquals([port, target], [Number(new URL(controller.url).port), "wled-456789.local"]);
        const txt = await ask(instance, "TXT", (answer) => answer.name === instance && answer.type === "TXT");
        assertEquals(String(Object(txt.data)[0]), "mac=020123456789");
        const address = await ask(target, "A", (answer) => answer.name === target && answer.type === "A");
        assertEquals(address.data, "127.0.0.1");
      }), { name, mac: "020123456789", announce: true });
  });
}

Deno.test("it tells of itself when it starts and when it is plugged in again, and says goodbye when it closes", () => {
  const name = ownName();
  return withBrowser(async ({ heard }) => {
    await withController(async ({ controller }) => {
      await until(() => records(heard, name).length > 0, "it tells of itself");
      heard.length = 0;
      await controller.misbehave({ kind: "offline" });
      await controller.misbehave({ kind: "none" });
      await until(() => records(heard, name).length > 0, "it tells of itself again");
      assert(records(heard, name).every(({ ttl }) => ttl > 0));
    }, { name, announce: true });
    await until(() => records(heard, name).some(({ ttl }) => ttl === 0), "it says goodbye");
  });
});

Deno.test("unplugged it answers nothing and says no goodbye", () => {
  const [lost, other] = [ownName(), ownName()];
  return withBrowser(({ heard, ask }) =>
    withController(() =>
      withController(async ({ controller }) => {
        await until(() => records(heard, lost).length > 0, "it tells of itself");
        await controller.misbehave({ kind: "offline" });
        heard.length = 0;
        const instance = `${other}._wled._tcp.local`;
        await ask("_wled._tcp.local", "PTR", ({ data }) => data === instance);
        await controller.close();
        await ask("_wled._tcp.local", "PTR", ({ data }) => data === instance);
        assertEquals(records(heard, lost), []);
        assertEquals(heard.filter(({ data }) => String(data).startsWith(lost)), []);
      }, { name: lost, announce: true }), { name: other, announce: true })
  );
});

Deno.test("not asked to, it tells nobody", () => {
  const [silent, other] = [ownName(), ownName()];
  return withBrowser(({ heard, ask }) =>
    withController(() =>
      withController(async () => {
        await ask("_wled._tcp.local", "PTR", ({ data }) => data === `${other}._wled._tcp.local`);
        assertEquals(heard.filter(({ name, data }) => name.startsWith(silent) || String(data).startsWith(silent)), []);
      }, { name: silent }), { name: other, announce: true })
  );
});
