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
