import { assertEquals } from "@std/assert";
import { bytesWords } from "../../../src/ui/base/bytes_words.ts";

Deno.test("a size is said with two or three digits and its unit", () => {
  const said = [0, 812, 999, 1000, 1234, 9_949, 9_960, 139_400_000, 999_600_000, 2_500_000_000_000].map(bytesWords);
  assertEquals(said, [
    "0 bytes",
    "812 bytes",
    "999 bytes",
    "1.0 kB",
    "1.2 kB",
    "9.9 kB",
    "10 kB",
    "139 MB",
    "1.0 GB",
    "2500 GB",
  ]);
});
