import { assertEquals } from "@std/assert";
import { createDesk, DARK, problem } from "./light_desk.ts";

Deno.test("a light that is switched on shows it before the device has answered", async () => {
  const { control, asked, shown } = createDesk();
  const done = control.set({ on: true });
  assertEquals(shown()?.on, true);
  await asked[0]!.answer({ on: true });
  assertEquals(await done, undefined);
  assertEquals(shown(), { ...DARK, on: true });
});

Deno.test("a change that is refused goes back, and says why", async () => {
  const { control, asked, shown } = createDesk();
  const done = control.set({ on: true });
  await asked[0]!.refuse(504);
  assertEquals(await done, problem(504));
  assertEquals(shown(), DARK);
});

Deno.test("a light that has never told can be switched on, and is unknown again when that is refused", async () => {
  const { control, asked, shown } = createDesk(null);
  const done = control.set({ on: true });
  assertEquals(shown()?.on, true);
  await asked[0]!.refuse(502);
  assertEquals((await done)?.status, 502);
  assertEquals(shown(), null);
});

Deno.test("a slider that is dragged is sent at most every 300 ms, three at a time, and its last value always", async () => {
  const { control, asked, pass } = createDesk();
  for (let step = 1; step <= 60; step++) {
    void control.set({ brightness: step / 100 }).catch(console.error);
    pass(50);
  }
  assertEquals(asked.map(({ change }) => change.brightness), [0.01, 0.06, 0.12]);
  await asked[0]!.answer({ brightness: 0.01 });
  assertEquals(asked.map(({ change }) => change.brightness), [0.01, 0.06, 0.12, 0.6]);
});

Deno.test("what is set while another change waits goes with it", () => {
  const { control, asked, pass } = createDesk();
  void control.set({ on: true }).catch(console.error);
  void control.set({ brightness: 0.2 }).catch(console.error);
  void control.set({ color: "#00ff00", brightness: 0.3 }).catch(console.error);
  pass(300);
  assertEquals(asked.map(({ change }) => change), [{ on: true }, { brightness: 0.3, color: "#00ff00" }]);
});

Deno.test("a late answer to an older change does not move the slider back", async () => {
  const { control, asked, shown, pass } = createDesk();
  void control.set({ brightness: 0.2 }).catch(console.error);
  pass(300);
  void control.set({ brightness: 0.8 }).catch(console.error);
  await asked[0]!.answer({ brightness: 0.2 });
  assertEquals(shown()?.brightness, 0.8);
  await asked[1]!.answer({ brightness: 0.8 });
  assertEquals(shown()?.brightness, 0.8);
});

Deno.test("answers in the wrong order leave what was set last", async () => {
  const { control, asked, shown, pass } = createDesk();
  void control.set({ brightness: 0.2 }).catch(console.error);
  pass(300);
  void control.set({ brightness: 0.8 }).catch(console.error);
  await asked[1]!.answer({ brightness: 0.8 });
  await asked[0]!.answer({ brightness: 0.2 });
  assertEquals(shown()?.brightness, 0.8);
});

Deno.test("an older change that is refused does not take back a newer one", async () => {
  const { control, asked, shown, pass } = createDesk();
  void control.set({ brightness: 0.2 }).catch(console.error);
  pass(300);
  void control.set({ brightness: 0.8 }).catch(console.error);
  await asked[0]!.refuse(504);
  assertEquals(shown()?.brightness, 0.8);
  await asked[1]!.refuse(504);
  assertEquals(shown()?.brightness, 0.5);
});

Deno.test("what somebody else sets is shown", () => {
  const { control, shown } = createDesk();
  control.heard({ ...DARK, on: true, color: "#0000ff" });
  assertEquals(shown(), { ...DARK, on: true, color: "#0000ff" });
});

Deno.test("what somebody else sets after our change wins over our late answer", async () => {
  const { control, asked, shown, read } = createDesk();
  void control.set({ brightness: 0.2 }).catch(console.error);
  control.heard({ ...DARK, brightness: 0.2 });
  control.heard({ ...DARK, brightness: 0.9 });
  assertEquals(shown()?.brightness, 0.9);
  await asked[0]!.answer({ brightness: 0.2 });
  assertEquals(shown()?.brightness, 0.9);
  assertEquals(read.length, 0);
});

Deno.test("our own changes that are heard back do not move the slider during a drag", () => {
  const { control, shown, pass } = createDesk();
  for (const brightness of [0.2, 0.4]) {
    void control.set({ brightness }).catch(console.error);
    pass(300);
  }
  control.heard({ ...DARK, brightness: 0.2 });
  assertEquals(shown()?.brightness, 0.4);
});

Deno.test("a control under the finger does not move, and shows what was heard once it is let go", () => {
  const { control, shown } = createDesk();
  control.hold("brightness");
  control.heard({ ...DARK, on: true, brightness: 0.9 });
  assertEquals(shown(), { ...DARK, on: true });
  control.release("brightness");
  assertEquals(shown()?.brightness, 0.9);
});

Deno.test("a refused change stays under the finger until it is let go", async () => {
  const { control, asked, shown } = createDesk();
  control.hold("brightness");
  void control.set({ brightness: 0.9 }).catch(console.error);
  await asked[0]!.refuse(504);
  assertEquals(shown()?.brightness, 0.9);
  control.release("brightness");
  assertEquals(shown(), DARK);
});

Deno.test("a list that was read before the change does not take it back", async () => {
  const { control, asked, shown } = createDesk();
  void control.set({ on: true }).catch(console.error);
  control.loaded(DARK);
  await asked[0]!.answer({ on: true });
  assertEquals(shown()?.on, true);
  control.loaded({ ...DARK, on: true, brightness: 1 });
  assertEquals(shown()?.brightness, 1);
});

Deno.test("when the last that was heard and the last answer differ, the light is asked", async () => {
  const { control, asked, read, shown, pass } = createDesk();
  void control.set({ on: true }).catch(console.error);
  pass(300);
  void control.set({ on: false }).catch(console.error);
  control.heard({ ...DARK, on: true });
  await asked[1]!.answer({ on: false });
  await asked[0]!.answer({ on: true });
  assertEquals(shown()?.on, false);
  assertEquals(read.length, 1);
  await read[0]!.answer({ on: true });
  assertEquals(shown()?.on, true);
});
