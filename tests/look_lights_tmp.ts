// temporary, never committed
import { startController } from "../virtual_wled/controller.ts";
import { withServer } from "./browser/support/server.ts";
import { launchBrowser } from "./browser/support/launch.ts";
import { contextOptions } from "./browser/support/looks.ts";
import { makeFirstKey, signIn } from "./browser/support/keys.ts";

const [count = "3", path = "/", ...rest] = Deno.args;
const n = Number(count);
const only = rest.find((a) => a.startsWith("--only="))?.slice(7);
const wait = Number(rest.find((a) => a.startsWith("--wait="))?.slice(7) ?? "2500");
const controllers = await Promise.all(Array.from({ length: Math.min(n, 6) }, (_, i) => startController({ name: `C${i}`, ledCount: 30 })));
const NAMES = ["Shelf", "Desk", "Stairs", "Kitchen counter", "Bedroom window", "A very long name of a lamp that somebody typed with great patience one evening"];
try {
  await withServer({ env: { LUMENLOG_DEVICE_CHECK_SECONDS: "1" } }, async (server) => {
    const owner = await makeFirstKey(server, "anna"); const api = owner.api;
    const ids: string[] = [];
    for (let i = 0; i < n; i++) {
      const url = i < 6 ? controllers[i]!.url : `ddp://10.0.${i >> 8}.${i & 255}`;
      const type = i < 6 ? "wled" : i % 3 ? "ddp" : "virtual";
      const d = await api.create("devices", { name: NAMES[i] ?? `Light ${String(i).padStart(3, "0")}`, device_type: type, url: type === "virtual" ? null : url, tags: i % 2 ? ["hall"] : ["living room", "evening"], led_count: 30 });
      ids.push(d.id);
    }
    for (let i = 0; i < Math.min(n, 6); i++) {
      await api.call("PUT", `/api/v1/devices/${ids[i]}/state`, { on: i !== 2, brightness: [0.8, 0.3, 0.5, 1, 0.05, 0.6][i], color: ["#ffb46b", "#3377ff", "#ff2200", "#ffffff", "#22ff66", "#cc33ff"][i] });
    }
    if (n >= 3) await controllers[1]!.misbehave({ kind: "offline" });
    if (n >= 1) controllers[0]!.press(), controllers[0]!.press();
    await new Promise((r) => setTimeout(r, 3500));
    const browser = await launchBrowser();
    for (const viewport of ["phone", "tablet", "desk"] as const) {
      for (const theme of ["dark", "light"] as const) {
        if (only && !only.split(",").includes(`${viewport}-${theme}`)) continue;
        const context = await browser.newContext({ ...contextOptions({ viewport, theme }), baseURL: server.url });
        const page = await context.newPage();
        page.on("console", (m) => console.log(viewport, theme, m.type(), m.text()));
        page.on("pageerror", (e) => console.log("ERR", e.message));
        await page.goto(path.replace("ID", ids[0] ?? ""));
        await signIn(page, owner.token);
        await page.waitForTimeout(wait);
        const script = rest.find((a) => a.startsWith("--do="))?.slice(5);
        if (script) { const f = new Function("page", `return (async()=>{${script}})()`); await f(page); await page.waitForTimeout(400); }
        const tag = rest.find((a) => a.startsWith("--tag="))?.slice(6) ?? "x";
        await page.screenshot({ path: `/tmp/look/${tag}-${n}-${viewport}-${theme}.png` });
        await context.close();
      }
    }
    await browser.close();
  });
} finally {
  await Promise.all(controllers.map((c) => c.close()));
}
Deno.exit(0);
