import { assertEquals } from "@std/assert";
import { gradientImage } from "../../../src/ui/library/gradient/css.ts";
import { drawableStops, mix, sortedStops, stopBetween } from "../../../src/ui/library/gradient/stops.ts";
import { unfinished } from "../../../src/ui/library/form/unfinished.ts";

const red = { position: 0, color: "#ff0000" };
const blue = { position: 1, color: "#0000ff" };

Deno.test("a gradient is drawn in the order of its positions, with edges where it steps", () => {
  assertEquals(gradientImage(drawableStops([blue, red]), "linear"), "linear-gradient(90deg, #ff0000 0%, #0000ff 100%)");
  assertEquals(
    gradientImage([red, { ...blue, position: 0.5 }], "step"),
    "linear-gradient(90deg, #ff0000 0%, #ff0000 50%, #0000ff 50%)",
  );
  const smooth = gradientImage([red, blue], "smooth") ?? "";
  assertEquals(smooth.split(", ").length, 1 + 8 + 1);
  assertEquals(smooth.includes("#800080 50%"), true);
});

Deno.test("what is half typed is left out of the drawing and stays in the list", () => {
  const half = { position: unfinished(""), color: "#00ff00" };
  assertEquals(drawableStops([half, red, { position: 0.5, color: "#0f" }]), [red]);
  assertEquals(gradientImage(drawableStops([red]), "linear"), "linear-gradient(90deg, #ff0000, #ff0000)");
  assertEquals(gradientImage(drawableStops("nonsense"), "linear"), undefined);
  assertEquals(sortedStops([blue, half, red]), [red, blue, half]);
});

Deno.test("a new stop comes into the widest gap in the colour that is there already", () => {
  assertEquals(stopBetween([red, blue]), { position: 0.5, color: "#800080" });
  assertEquals(stopBetween([red, { ...blue, position: 0.2 }]), { position: 0.6, color: "#0000ff" });
  assertEquals(mix("#000000", "#ffffff", 0.25), "#404040");
});
