import { assertEquals } from "@std/assert";
import { DEVICE_FORM } from "../../../src/ui/devices/device_form.ts";
import { createDrafts } from "../../../src/ui/library/drafts.ts";
import { createEditor } from "../../../src/ui/library/editor.ts";
import { createHandApi, settled } from "../entities/hand_api.ts";
import { createHandLive } from "../lights/hand_live.ts";
import { createHandClock } from "../lights/light_desk.ts";

const shelf = (name: string) => ({ id: "dev_1", name, tags: [], description: "", created_at: "", updated_at: "" });

async function opened() {
  const live = createHandLive();
  const hand = createHandApi();
  const { timer, pass } = createHandClock();
  const api = { ...hand, send: hand.get };
  const editor = createEditor({ api, live, timer, form: DEVICE_FORM, id: "dev_1" });
  const unfollow = editor.follow();
  const loading = editor.load();
  await hand.answer(0, shelf("Shelf"), "1");
  await loading;
  const change = () =>
    live.say({ type: "entity_changed", entity_type: "device", entity_id: "dev_1", change: "updated" });
  const later = async () => {
    pass(1000);
    await settled();
  };
  return { editor, hand, change, later, unfollow };
}

Deno.test("a script that changes what is open does not make the page flood the server", async () => {
  const { editor, hand, change, later, unfollow } = await opened();
  for (let i = 0; i < 3000; i++) change();
  await later();
  assertEquals(hand.asked.length, 2);
  await hand.answer(1, shelf("Half"), "2");
  assertEquals(hand.asked.length, 2);
  await later();
  assertEquals(hand.asked.length, 3);
  await hand.answer(2, shelf("Last"), "3");
  assertEquals(editor.entity.value?.name, "Last");
  change();
  unfollow();
  await later();
  assertEquals(hand.asked.length, 3);
});

Deno.test("what was read before a saving does not undo what is shown after it", async () => {
  const { editor, hand, change } = await opened();
  change();
  editor.set(["name"], "Mine");
  const saving = editor.save();
  await hand.answer(2, shelf("Mine"), "3");
  await saving;
  await hand.answer(1, shelf("Older"), "2");
  assertEquals([editor.entity.value?.name, editor.draft.value["name"]], ["Mine", "Mine"]);
});

Deno.test("what somebody typed waits for them, once, and is shown to nobody else", () => {
  const drafts = createDrafts();
  const anna = { address: "/devices/dev_1", actor: "anna" };
  const kept = { base: {}, etag: "1", draft: { name: "Half a sentence" } };
  drafts.keep(anna, DEVICE_FORM, kept);
  assertEquals(drafts.take(anna), kept);
  assertEquals(drafts.take(anna), undefined);
  drafts.keep(anna, DEVICE_FORM, kept);
  assertEquals(drafts.take({ ...anna, actor: "bob" }), undefined);
  assertEquals(drafts.take(anna), undefined);
});
