import { assertEquals } from "@std/assert";
import { VERSION } from "../../src/version.ts";
import { caughtUp } from "../support/live_client.ts";
import { processTest } from "../support/process.ts";
import { createApiClient } from "./api_client.ts";
import { createFollower, type Follower } from "./follower.ts";

const told = ({ seen }: Follower) =>
  seen.map(({ entry: { action, actor, entity_type, entity_name, message } }) =>
    [action, actor, ...(entity_type ? [entity_type, `'${entity_name}'`] : [message])].join(" ")
  );

processTest(
  "a newcomer makes a key, changes things, watches every entry arrive, and finds nothing missing after a crash",
  async ({ start }) => {
    const first = await start();
    const token = await createApiClient(first.url).createKey({ label: "desk" });
    assertEquals((await createApiClient(first.url).call("GET", "/api/v1/devices")).status, 401);
    const api = createApiClient(first.url, token);

    const follower = createFollower();
    const watching = await follower.connect(first.url, token);
    await caughtUp(watching);
    const device = await api.create("devices", { name: "Desk", device_type: "virtual", led_count: 60 });
    const gradient = await api.create("gradients", { name: "Sunset" });
    const scene = await api.create("scene-presets", { name: "Evening" });
    await api.update("devices", device.id, { name: "Desk lamp" });
    await api.update("scene-presets", scene.id, { name: "Late evening" });
    await api.remove("gradients", gradient.id);
    await watching.reached(await api.head());
    assertEquals(told(follower), [
      `server.started system Lumenlog ${VERSION} started`,
      "auth.key_created anonymous API key 'desk' created (admin)",
      "auth.rejected anonymous Rejected a caller at 127.0.0.1 (token_missing)",
      "auth.ws_connected desk Live connection from 127.0.0.1",
      "entity.created desk device 'Desk'",
      "entity.created desk gradient 'Sunset'",
      "entity.created desk scene_preset 'Evening'",
      "entity.updated desk device 'Desk lamp'",
      "entity.updated desk scene_preset 'Late evening'",
      "entity.deleted desk gradient 'Sunset'",
    ]);

    await watching.cut();
    const unseen = await api.create("gradients", { name: "Dawn" });
    await first.kill("SIGKILL");
    const second = await start();
    await follower.catchUp(second.url, token);
    assertEquals(told(follower).slice(10), [
      "entity.created desk gradient 'Dawn'",
      `server.started system Lumenlog ${VERSION} started after it ended unexpectedly`,
      "auth.ws_connected desk Live connection from 127.0.0.1",
    ]);
    assertEquals(follower.faults, []);

    const after = createApiClient(second.url, token);
    const names = async (path: string) => (await after.list(path)).map(({ id, name }) => [id, name]);
    assertEquals(await names("devices"), [[device.id, "Desk lamp"]]);
    assertEquals(await names("gradients"), [[unseen.id, "Dawn"]]);
    assertEquals(await names("scene-presets"), [[scene.id, "Late evening"]]);
    const listed = await after.entries("limit=200");
    assertEquals(listed, follower.seen.map(({ entry }) => entry).reverse());
  },
);
