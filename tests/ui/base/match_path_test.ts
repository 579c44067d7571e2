import { assertEquals } from "@std/assert";
import { matchPath } from "../../../src/ui/base/match_path.ts";

Deno.test("an address names its parts, and only a whole one does", () => {
  assertEquals(matchPath("/", "/"), {});
  assertEquals(matchPath("/library/:type/:id", "/library/gradients/grd_1"), { type: "gradients", id: "grd_1" });
  assertEquals(matchPath("/devices/:id", "/devices/a%20b"), { id: "a b" });
  assertEquals(matchPath("/devices/:id", "/devices"), undefined);
  assertEquals(matchPath("/devices/:id", "/devices/a/b"), undefined);
  assertEquals(matchPath("/devices/:id", "/devices/%E0%A4%A"), undefined, "a broken escape is no address");
});
