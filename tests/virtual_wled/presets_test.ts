import { assertEquals } from "@std/assert";
import { withController } from "./support.ts";

Deno.test("a preset is shown a little after the answer to the request for it", () =>
  withController(async ({ clock, controller, post }) => {
    const answer = await (await post("/json/state", { ps: 3, v: true })).json();
    assertEquals([answer.ps, answer.bri], [-1, 128]);
    clock.step(100);
    const { ps, bri, seg } = controller.state();
    assertEquals([ps, bri, seg[0]?.col[0]], [3, 150, [0, 72, 255]]);
    assertEquals(clock.waiting(), 0);
  }));

Deno.test("the last of several presets asked for is the one that is shown", () =>
  withController(({ clock, controller }) => {
    controller.apply({ ps: 1 });
    controller.apply({ ps: "2" });
    clock.step(100);
    assertEquals([controller.state().ps, controller.state().bri], [2, 255]);
    return Promise.resolve();
  }));

Deno.test("a preset that does not exist changes nothing", () =>
  withController(({ clock, controller }) => {
    const before = controller.state();
    for (const ps of [0, -1, 99, 250, 251, 1e9, "x", "~", {}, [1], true]) controller.apply({ ps });
    clock.step(1000);
    assertEquals(controller.state(), before);
    return Promise.resolve();
  }));

Deno.test("after a change by hand no preset is shown any more, after none it still is", () =>
  withController(({ clock, controller }) => {
    const shown = (partial: unknown) => {
      controller.apply({ ps: 1 });
      clock.step(100);
      controller.apply(partial);
      return controller.state().ps;
    };
    assertEquals([shown({ bri: 3 }), shown({ seg: { fx: 2 } }), shown({ on: "t" })], [-1, -1, -1]);
    assertEquals([shown({}), shown({ on: true }), shown({ bri: 110 }), shown({ transition: 3 })], [1, 1, 1, 1]);
    return Promise.resolve();
  }));

Deno.test("whoever knows a preset's content may send it along", () =>
  withController(({ controller }) => {
    controller.apply({ pd: 2, bri: 200, seg: { col: [[1, 1, 1]] } });
    assertEquals([controller.state().ps, controller.state().bri], [2, 200]);
    return Promise.resolve();
  }));
