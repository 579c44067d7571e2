import { effect } from "@preact/signals";
import { render } from "preact";
import { report } from "./base/report.ts";
import { createKeys } from "./shell/keys.ts";
import { Shell } from "./shell/shell.tsx";
import { createUi, UiContext } from "./ui.ts";

const ui = createUi();
const keys = createKeys(ui.router, ui.singleKeys);
const root = document.getElementById("app");

// Whoever is let in follows the log; nothing of what they saw stays for the next.
let actor: string | undefined;
effect(() => {
  const phase = ui.session.phase.value;
  const now = phase.name === "ready" ? phase.who.actor : undefined;
  if (now === actor) return;
  actor = now;
  ui.keptLog.clear();
  if (now === undefined) ui.live.stop();
  else {
    ui.entities.clear();
    ui.lights.clear();
    ui.discovered.clear();
    ui.live.start();
  }
});
const verify = () => {
  ui.live.retry();
  void ui.live.verify().catch(report);
};
addEventListener("online", verify);
addEventListener("offline", verify);
document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && verify());
// Signed out, or in as somebody else, in another tab of this device.
ui.session.watchDevice((changed) => addEventListener("storage", changed));

if (root !== null) {
  render(
    <UiContext.Provider value={ui}>
      <Shell keys={keys} />
    </UiContext.Provider>,
    root,
  );
}
await ui.session.start();
