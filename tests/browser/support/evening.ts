import { z } from "zod";
import type { startDemo } from "../../demo/demo_process.ts";
import { type ApiClient, createApiClient } from "../../runtime/api_client.ts";
import { eventually } from "../../runtime/waiting.ts";

const BACKED_UP = z.object({ snapshot: z.object({ id: z.string() }) });

type Demo = Awaited<ReturnType<typeof startDemo>>;

const idOf = async (api: ApiClient, path: string, name: string): Promise<string> => {
  const found = (await api.list(path)).find((each) => each.name === name);
  if (found === undefined) throw new Error(`There is no "${name}" among the ${path}`);
  return found.id;
};

const switchTo = async (api: ApiClient, id: string, state: Readonly<Record<string, unknown>>) => {
  const { status } = await api.call("PUT", `/api/v1/devices/${id}/state`, state);
  if (status !== 200) throw new Error(`The light answered ${status}`);
};

/** Gives the controller another name and stores its configuration, as anna would; answers the snapshot's id. */
async function rename(api: ApiClient, id: string, name: string): Promise<string> {
  const device = (await api.list("devices")).find((each) => each.id === id);
  const settings = { id: { name }, hw: { led: { maxpwr: 1200 } } };
  await eventually("the first snapshot", async () => (await api.entries(`related_to=${id}&q=config_snapshot`))[0]);
  const answer = await fetch(`${device?.["url"]}/json/cfg`, { method: "POST", body: JSON.stringify(settings) });
  await answer.body?.cancel();
  const { json } = await api.call("POST", `/api/v1/devices/${id}/config-snapshots`);
  return BACKED_UP.parse(json).snapshot.id;
}

/** An evening in the demo's home: several people, a wall panel, the button on a light, and one that was unplugged. */
export async function liveAnEvening(demo: Demo) {
  const anna = createApiClient(demo.url, await demo.api.createKey({ label: "anna", role: "admin" }));
  const token = await anna.createKey({ label: "desk", role: "admin" });
  const api = createApiClient(demo.url, token);
  const panel = createApiClient(demo.url, await anna.createKey({ label: "wall-panel", role: "operator" }));
  const shelf = await idOf(api, "devices", "Shelf");
  const desk = await idOf(api, "devices", "Desk");
  const stairs = await idOf(api, "devices", "Stairs");
  await switchTo(panel, stairs, { on: true });
  await switchTo(anna, shelf, { brightness: 0.35 });
  await switchTo(panel, desk, { color: "#ff8a3d" });
  await anna.update("gradients", await idOf(api, "gradients", "Sunset"), { description: "Softer towards the end" });
  await createApiClient(demo.url, "not-a-key-of-this-server").call("GET", "/api/v1/devices");
  await demo.type("press 1");
  await eventually("the button to be seen", async () => (await api.entries("q=external"))[0]);
  await anna.call("POST", `/api/v1/devices/${desk}/identify`);
  await switchTo(anna, shelf, { on: true, color: "#ffb25c" });
  await demo.type("unplug 3");
  await eventually("the light to be missed", async () => (await api.entries("q=device.offline"))[0]);
  await switchTo(panel, desk, { on: false });
  const renamed = await rename(anna, shelf, "Shelf by the door");
  const [offline] = await api.entries("q=device.offline");
  return {
    token,
    paths: {
      "lights": "/",
      "activity": "/activity",
      "activity-entry": `/activity?categories=device&entry=${offline?.id}`,
      "devices": "/devices",
      "device": `/devices/${shelf}`,
      "device-new": "/devices/new",
      // After another page: one that stays where it is does not go to what is open.
      "device-change": `/devices/${shelf}?config=${renamed}`,
      "scenes": "/scenes",
      "scene": `/library/scene-presets/${await idOf(api, "scene-presets", "Evening")}`,
      "automations": "/automations",
      "automation": `/library/automations/${await idOf(api, "automations", "Lights at dusk")}`,
      "library": "/library",
      "gradient": `/library/gradients/${await idOf(api, "gradients", "Sunset")}`,
      "settings-keys": "/settings/keys",
      "gradients": "/library/gradients",
      "settings-log": "/settings/activity-log",
      "settings-backups": "/settings/backups",
      "settings-updates": "/settings/updates",
      "settings-server": "/settings/server",
      "settings-appearance": "/settings/appearance",
      "settings-about": "/settings/about",
    },
  };
}
