import type { Page } from "playwright-core";
import { type Controller, startController } from "../../virtual_wled/controller.ts";
import type { ApiClient } from "../runtime/api_client.ts";
import { type BrowserOptions, browserTest, type Visit } from "./support/browser.ts";
import { makeFirstKey, type Owner, signIn } from "./support/keys.ts";

/** A light of the test's home, and the controller behind it. */
export interface HomeLight {
  readonly id: string;
  readonly name: string;
  readonly controller: Controller;
  /** In the page. */
  readonly power: (page: Page) => ReturnType<Page["getByRole"]>;
}

export interface Home extends Visit {
  readonly lights: readonly HomeLight[];
  /** Who may do everything. */
  readonly anna: Owner;
  /** Opens the path in a page that is not signed in yet, as anna or with that key. */
  enter(page: Page, path: string, token?: string): Promise<void>;
  /** A browser of somebody else, signed in at the path. */
  enterAs(label: string, role: string, path: string): Promise<Page>;
}

/** Devices are checked every second, or as good as never. */
export const OFTEN = { server: { env: { LUMENLOG_DEVICE_CHECK_SECONDS: "1" } } } as const;
export const SELDOM = { server: { env: { LUMENLOG_DEVICE_CHECK_SECONDS: "3600" } } } as const;

/** A test in a home with these lights. All are on, at full brightness, in warm white. */
export function homeTest(
  sentence: string,
  { names, ...options }: BrowserOptions & { readonly names: readonly string[] },
  work: (home: Home) => Promise<void>,
): void {
  browserTest(sentence, options, async (visit) => {
    const controllers: Controller[] = [];
    const anna = await makeFirstKey(visit.server, "anna");
    const enter: Home["enter"] = async (page, path, token = anna.token) => {
      await page.goto(path);
      await signIn(page, token);
    };
    try {
      const lights: HomeLight[] = [];
      for (const name of names) {
        const controller = await startController({ name: `Light ${lights.length + 1}`, ledCount: 30 });
        controllers.push(controller);
        controller.apply({ on: true, bri: 255, seg: { col: [[255, 180, 107]] } });
        lights.push(await addLight(anna.api, name, controller));
      }
      await work({
        ...visit,
        lights,
        anna,
        enter,
        enterAs: async (label, role, path) => {
          const page = await visit.openBrowser();
          await enter(page, path, await anna.api.createKey({ label, role }));
          return page;
        },
      });
    } finally {
      await Promise.all(controllers.map((controller) => controller.close()));
    }
  });
}

async function addLight(api: ApiClient, name: string, controller: Controller): Promise<HomeLight> {
  const { id } = await api.create("devices", { name, device_type: "wled", url: controller.url });
  return { id, name, controller, power: (page) => page.getByRole("switch", { name, exact: true }) };
}

/** Waits until the switch of a light stands so. */
export const isOn = (page: Page, light: HomeLight, on: boolean) =>
  page.locator(`[role=switch][aria-checked=${on}]`).and(light.power(page)).waitFor();
