import { assertEquals } from "@std/assert";
import { seedChain, signedInTest } from "./library_home.ts";
import { hasFocus } from "./support/focus.ts";

signedInTest("wrong fields are told beside them, the first has the focus, and nothing typed is lost", {
  at: "/library/gradients",
}, async ({ page, owner: { api }, expectProblem }) => {
  expectProblem(/status of 4(09|22)/);
  await api.create("gradients", { name: "Sunset" });
  await page.goto("/library/gradients/new");
  await page.getByLabel("Name").fill("Dawn");
  const second = page.getByRole("group", { name: "Stop 2" });
  await second.getByLabel("Color", { exact: true }).fill("#12345");
  await page.getByLabel("Description").fill("Over the sea");
  await page.getByRole("button", { name: "Add", exact: true }).click();
  await second.getByText("Must be a colour such as #ff8800").waitFor();
  await hasFocus(page, "field-stops[1].color");

  await second.getByLabel("Color", { exact: true }).fill("#123456");
  await second.getByLabel("Position (%)").fill("");
  await page.getByRole("button", { name: "Add", exact: true }).click();
  await second.getByText("Must not be empty").waitFor();
  await second.getByLabel("Position (%)").fill("100");

  await page.getByLabel("Name").fill("Sunset");
  await page.getByRole("button", { name: "Add", exact: true }).click();
  await page.getByText("Is taken").waitFor();
  await hasFocus(page, "field-name");
  assertEquals(await page.getByLabel("Description").inputValue(), "Over the sea");
  await page.getByLabel("Name").fill("Dawn");
  await page.getByRole("button", { name: "Add", exact: true }).click();
  await page.getByText("Nothing changed").waitFor();
  assertEquals((await api.list("gradients")).length, 2);
});

signedInTest("what is used is not deleted, and names its users with links to them", {
  at: "/library",
}, async ({ page, owner: { api }, expectProblem }) => {
  expectProblem(/status of 409/);
  const { gradient, strip } = await seedChain(api);
  await page.goto(`/library/gradients/${gradient.id}`);
  await page.getByRole("button", { name: "Delete this gradient…" }).click();
  const confirm = page.getByRole("button", { name: "Delete", exact: true });
  assertEquals(await confirm.isDisabled(), true);
  await page.getByLabel("to confirm").fill("Sunset");
  await confirm.click();
  await page.getByText("It is still used").waitFor();
  await page.getByRole("alert").getByRole("link", { name: "Sunset" }).click();
  await page.waitForURL(`**/library/color-strip-sources/${strip.id}`);
  assertEquals((await api.list("gradients")).length, 1);
});

signedInTest("what somebody else changed meanwhile is taken over, or overwritten without losing the rest", {
  at: "/library",
}, async ({ page, owner: { api }, expectProblem }) => {
  expectProblem(/status of 412/);
  const { target } = await seedChain(api);
  await page.goto(`/library/output-targets/${target.id}`);
  await page.getByLabel("Frames per second").fill("25");
  await api.update("output-targets", target.id, { brightness: 0.5 });
  await page.getByText("Somebody changed this meanwhile").waitFor();
  assertEquals(await page.getByLabel("Frames per second").inputValue(), "25");
  await page.getByRole("button", { name: "Save mine over it" }).click();
  await page.getByText("Nothing changed").waitFor();
  const [saved] = await api.list("output-targets");
  assertEquals([saved?.["fps"], saved?.["brightness"]], [25, 0.5]);

  // What is not being changed here follows by itself.
  await api.update("output-targets", target.id, { brightness: 0.25 });
  await page.waitForFunction(() => document.querySelector<HTMLInputElement>("[id='field-brightness']")?.value === "25");
  await page.getByLabel("Brightness (%)").fill("70");
  await api.update("output-targets", target.id, { fps: 10 });
  await page.getByRole("button", { name: "Take what is stored" }).click();
  await page.getByText("Nothing changed").waitFor();
  assertEquals(await page.getByLabel("Brightness (%)").inputValue(), "25");
  assertEquals(await page.getByLabel("Frames per second").inputValue(), "10");
});

signedInTest("nobody leaves with changes that are not saved without being asked", {
  at: "/library",
}, async ({ page, owner: { api } }) => {
  const { gradient } = await seedChain(api);
  await page.goto("/library/gradients");
  await page.getByRole("link", { name: "Sunset" }).click();
  await page.getByLabel("Description").fill("Unsaved");
  await page.getByRole("link", { name: "Automations" }).click();
  await page.getByText("Your changes are not saved").waitFor();
  await page.getByRole("button", { name: "Stay" }).click();
  await page.goBack();
  await page.getByText("Your changes are not saved").waitFor();
  assertEquals(new URL(page.url()).pathname, `/library/gradients/${gradient.id}`);
  assertEquals(await page.getByLabel("Description").inputValue(), "Unsaved");
  await page.getByRole("button", { name: "Leave without saving" }).click();
  await page.waitForURL("**/library/gradients");
  await page.getByRole("link", { name: "Sunset" }).click();
  assertEquals(await page.getByLabel("Description").inputValue(), "");
  await page.getByLabel("Description").fill("Saved");
  await page.getByRole("link", { name: "Scenes", exact: true }).click();
  await page.getByRole("button", { name: "Save and leave" }).click();
  await page.waitForURL("**/scenes");
  assertEquals((await api.list("gradients"))[0]?.["description"], "Saved");
});

signedInTest("whoever is about to delete something is not interrupted by somebody who changes it", {
  at: "/library",
}, async ({ page, owner: { api } }) => {
  const { playlist } = await seedChain(api);
  await page.goto(`/library/scene-playlists/${playlist.id}`);
  await page.getByRole("button", { name: "Delete this playlist…" }).click();
  await page.getByLabel("to confirm").fill("Suns");
  await api.update("scene-playlists", playlist.id, { description: "For the evening" });
  await page.waitForFunction(() =>
    document.querySelector<HTMLTextAreaElement>("#field-description")?.value === "For the evening"
  );
  assertEquals(await page.getByLabel("to confirm").inputValue(), "Suns");
  await page.locator(".delete-panel input:focus").waitFor();
});

signedInTest("what was deleted says so, and leads to its history", {
  at: "/library",
}, async ({ page, owner: { api }, expectProblem }) => {
  const { playlist } = await seedChain(api);
  await page.goto(`/library/scene-playlists/${playlist.id}`);
  await page.getByText("Nothing changed").waitFor();
  await api.remove("scene-playlists", playlist.id);
  await page.getByText("This playlist is gone").waitFor();
  expectProblem(/status of 404/);
  await page.reload();
  await page.getByRole("link", { name: "Show its history" }).click();
  await page.waitForURL(/\/activity\?.*pls_/);
});

signedInTest("a viewer sees everything and is told why nothing can be changed", {
  at: "/library",
}, async ({ owner: { api }, openBrowser }) => {
  const { gradient } = await seedChain(api);
  const token = await api.createKey({ label: "guest", role: "viewer" });
  const page = await openBrowser();
  await page.goto(`/library/gradients/${gradient.id}`);
  await page.locator("input[name=key]").fill(token);
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.getByText("Operators and admins can do this").first().waitFor();
  assertEquals(await page.getByLabel("Name").isDisabled(), true);
  assertEquals(await page.getByRole("button", { name: "Delete this gradient…" }).isDisabled(), true);
  await page.goto("/settings/keys");
  await page.getByText("Admins can do this").waitFor();
  // Nothing was asked that the server would have had to refuse.
  assertEquals((await api.entries("q=rejected")).map(({ action }) => action), []);
});
