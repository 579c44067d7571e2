import { homeOf, type Made } from "./home.ts";

interface Device {
  readonly id: string;
  readonly name: string;
  readonly url: string | null;
}

type Fields = Readonly<Record<string, unknown>>;

/** Makes the home over the server's own API, as a person would; once there is one, only addresses that changed. */
export async function seed(server: string, urls: ReadonlyMap<string, string>): Promise<readonly string[]> {
  const answer = await fetch(`${server}/api/v1/devices`);
  const { items }: { readonly items?: readonly Device[] } = await answer.json();
  // Somebody made a key: what is there is theirs to change.
  if (items === undefined) return ["The home is as you left it; sign in with the key that you made."];
  if (items.length > 0) return await move(server, items, urls);
  const ids = new Map<string, string>();
  for (const made of homeOf(urls)) ids.set(`$${made.path}/${made.body.name}`, await create(server, made, ids));
  return [];
}

/** A light whose port was taken has another address now. */
async function move(server: string, devices: readonly Device[], urls: ReadonlyMap<string, string>) {
  const moved = devices.filter(({ name, url }) => urls.has(name) && urls.get(name) !== url);
  for (const { id, name } of moved) {
    const answer = await fetch(`${server}/api/v1/devices/${id}`, {
      method: "PUT",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ url: urls.get(name) }),
    });
    await answer.body?.cancel();
  }
  return moved.map(({ name }) => `${name} has another address than the last time.`);
}

async function create(server: string, { path, body }: Made, ids: ReadonlyMap<string, string>): Promise<string> {
  const answer = await fetch(`${server}/api/v1/${path}`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(withIds(body, ids)),
  });
  const { id, detail }: { readonly id?: string; readonly detail?: string } = await answer.json();
  if (id === undefined) throw new Error(`Cannot make ${path} "${body.name}": ${detail ?? answer.status}`);
  return id;
}

/** The body with the ids of what it names. */
function withIds(value: unknown, ids: ReadonlyMap<string, string>): unknown {
  if (typeof value === "string" && value.startsWith("$")) return ids.get(value) ?? null;
  if (Array.isArray(value)) return value.map((item) => withIds(item, ids));
  if (typeof value !== "object" || value === null) return value;
  const fields: Fields = { ...value };
  return Object.fromEntries(Object.entries(fields).map(([name, inner]) => [name, withIds(inner, ids)]));
}
