import { assert, assertEquals } from "@std/assert";
import { eventually } from "../runtime/waiting.ts";
import { CHECK_MS, withHome } from "./home.ts";
import { startStubLight } from "./stub_light.ts";

Deno.test("a crowd of lights that hang is asked a few at a time, and holds up no light that is well", async () => {
  await using well = await startStubLight();
  await withHome(async (home, hanging) => {
    hanging.treat = (_request, _answer, drop) => drop();
    const ids: string[] = [];
    for (let number = 1; number <= 100; number++) ids.push(await home.add({ name: `Light ${number}` }));
    for (const id of ids) await home.checked(id);
    const held: (() => void)[] = [];
    hanging.treat = (_request, _answer, drop) => void held.push(drop);
    const id = await home.add({ name: "Well", url: well.url });
    await home.checked(id);
    home.time.pass(CHECK_MS);
    await home.checked(id);
    home.time.pass(CHECK_MS);
    assertEquals((await home.checked(id))["online"], true);
    await eventually("the first of the crowd", () => Promise.resolve(held.length > 0 || undefined));
    assert(hanging.mostAtOnce() <= 64, `${hanging.mostAtOnce()} at a time`);
    hanging.treat = (_request, _answer, drop) => drop();
    held.forEach((drop) => drop());
    for (const each of ids) await home.checked(each);
    assertEquals((await home.device(ids[99]!))["online"], false);
  });
});
