import type { Page } from "playwright-core";
import { type ApiClient, createApiClient } from "../../runtime/api_client.ts";
import type { TestServer } from "./server.ts";

export interface Owner {
  readonly token: string;
  readonly api: ApiClient;
}

/** Makes the first key of a new server, after which everybody needs one; its holder may do everything. */
export async function makeFirstKey({ url }: TestServer, label = "owner"): Promise<Owner> {
  const token = await createApiClient(url).createKey({ label, role: "admin" });
  return { token, api: createApiClient(url, token) };
}

/** Signs in on the page that asks for a key, wherever that is. */
export async function signIn(page: Page, token: string): Promise<void> {
  await page.locator("input[name=key]").fill(token);
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.getByRole("navigation", { name: "Main" }).waitFor();
}
