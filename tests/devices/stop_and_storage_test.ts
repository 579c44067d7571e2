import { assertEquals } from "@std/assert";
import { createChangeLog } from "../../src/devices/change_log.ts";
import { timeByHand } from "../auth/by_hand.ts";
import { withEngine } from "../support/engine.ts";
import { problemIn } from "../api/answers.ts";
import { within } from "../runtime/waiting.ts";
import { withHome } from "./home.ts";

Deno.test("changes of a light are answered also when nothing can be stored, and their entries are counted as lost", async () => {
  await withEngine(async ({ recorder, context, health }) => {
    const time = timeByHand();
    const changes = createChangeLog({ recorder, context, turn: time.turn });
    await recorder.change((tx) =>
      tx.run("CREATE TRIGGER refuse BEFORE INSERT ON activity_log BEGIN SELECT RAISE(ABORT, 'no'); END")
    );
    const commits: Promise<void>[] = [];
    const dim = (brightness: number) =>
      changes.note({ id: "dev_1", name: "Shelf", source: "api", actor: "anna", fields: { brightness } });
    context.run({ actor: "anna", recorded: (committed) => void commits.push(committed) }, () => {
      dim(0.1);
      dim(0.2);
      dim(0.3);
    });
    time.pass(2000);
    assertEquals(commits.length, 3);
    await Promise.all(commits);
    assertEquals((await health()).lost, 2);
  });
});

Deno.test("a stop waits for a light that hangs no longer than it must, and whoever asked is told", async () => {
  await withHome(async (home, light) => {
    const id = await home.add();
    await home.checked(id);
    const arrived = Promise.withResolvers<void>();
    light.treat = () => arrived.resolve();
    const asking = home.put(id, { on: false });
    await arrived.promise;
    const waiting = home.call("GET", `/api/v1/devices/${id}/state`);
    await Promise.resolve();
    const stopped = home.app.app.stop(() => Promise.resolve());
    const refused = await problemIn(await waiting);
    assertEquals([refused.status, refused.detail], [503, "Cannot reach the device now: the server is stopping"]);
    home.time.pass(2000);
    assertEquals((await problemIn(await asking)).status, 504);
    await stopped;
    assertEquals((await home.call("GET", `/api/v1/devices/${id}/state`)).status, 503);
  });
});

Deno.test("a stop does not wait for a check", async () => {
  await withHome(async (home, light) => {
    const arrived = Promise.withResolvers<void>();
    light.treat = () => arrived.resolve();
    await home.add();
    await arrived.promise;
    await within("the stop", home.app.app.stop(() => Promise.resolve()));
    assertEquals(home.log(), []);
  }, { patience: () => 600_000 });
});
