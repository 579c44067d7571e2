import { assertEquals } from "@std/assert";
import type { Page } from "playwright-core";
import { signIn } from "./support/keys.ts";
import { demoTest } from "./support/visit_demo.ts";

const light = (page: Page, name: string) => page.getByRole("switch", { name: new RegExp(name) });
const row = (page: Page, text: RegExp) => page.getByRole("row").filter({ hasText: text });

demoTest("a newcomer turns a light off in one tab, and reads in another who did it, and what others did", async ({
  demo,
  open,
  expectProblem,
}) => {
  // What the page was asking for without a key while the first one was made.
  expectProblem(/status of 401 .*\/api\/v1\/devices\)$/);
  const desk = await open({ viewport: "desk" });
  const lights = await desk.newPage();
  await lights.goto("/");
  // The first visit leads to the making of a key; from then on the log knows who this is.
  await lights.getByLabel("Label").fill("anna");
  await lights.getByRole("button", { name: "Make the first key" }).click();
  const token = await lights.getByRole("textbox", { name: "Key", exact: true }).inputValue();
  await lights.getByRole("button", { name: "I have stored it: continue" }).click();
  await light(lights, "Shelf").waitFor();

  const phone = await open({ viewport: "phone", theme: "light" });
  const log = await phone.newPage();
  await log.goto("/activity");
  await signIn(log, token);
  await row(log, /anonymous added/).first().waitFor();

  await light(lights, "Shelf").click();
  await row(log, /anna\s+turned off\s+Shelf/).waitFor();

  await demo.type("press 2");
  await row(log, /Desk.*elsewhere|elsewhere.*Desk/).waitFor();
  await light(lights, "Desk").and(lights.locator("[aria-checked=false]")).waitFor();

  await demo.type("unplug 3");
  await row(log, /Stairs.*went offline/).waitFor();
  await lights.getByText(/Offline/).waitFor();
  await demo.type("plug 3");
  await row(log, /Stairs.*online/).first().waitFor();

  const told = await demo.api.call("GET", "/api/v1/session");
  assertEquals(told.status, 401, "after the first key everybody needs one");
});
