import { assert, assertEquals } from "@std/assert";
import type { Logged } from "../support/live_client.ts";
import type { ApiClient } from "./api_client.ts";
import { type Attempt, type Caller, TYPES } from "./kill_callers.ts";

/** What exists, as `type name` by id. */
export type Existing = Map<string, string>;

const line = ({ action, type, id, name }: Attempt) => `${action} ${type} ${id} '${name}'`;
const isChange = ({ entry }: Logged) => entry.category === "entity";

function toAttempt({ entry }: Logged): Attempt {
  const { action, entity_type, entity_id, entity_name } = entry;
  assert(action === "entity.created" || action === "entity.updated" || action === "entity.deleted", action);
  return { action, type: entity_type ?? "", id: entity_id, name: entity_name ?? "" };
}

/**
 * Each acknowledged action has its one entry, in its caller's order; the only other entries are of requests that were
 * under way, one for each caller at most.
 */
export function assertEntriesOf(callers: readonly Caller[], logged: readonly Logged[]): void {
  const recorded = logged.filter(isChange).map(toAttempt);
  let explained = 0;
  for (const { name: caller, acknowledged, underWay } of callers) {
    const mine = recorded.filter(({ name }) => name.startsWith(`${caller} `));
    const sure = mine.slice(0, acknowledged.length);
    assertEquals(
      sure.map(line),
      acknowledged.map(line),
      `an action acknowledged to ${caller} has no entry, or another`,
    );
    const [rest, ...more] = mine.slice(acknowledged.length);
    if (rest) {
      assertEquals({ ...rest, ...underWay() }, { ...rest, id: underWay()?.id ?? null }, "nobody asked for that");
    }
    assertEquals(more, [], `${caller} asks for one thing at a time`);
    explained += mine.length;
  }
  assertEquals(explained, recorded.length, "entries of nobody");
}

/** Carries out the entries: what must exist then. */
export function replay(existing: Existing, logged: readonly Logged[]): void {
  for (const { action, type, id, name } of logged.filter(isChange).map(toAttempt)) {
    assert(id !== null);
    assertEquals(existing.has(id), action !== "entity.created", `${action} of ${id}, '${name}'`);
    if (action === "entity.deleted") existing.delete(id);
    else existing.set(id, `${type} ${name}`);
  }
}

/** What the lists of the API have. */
export async function listAll(api: ApiClient): Promise<Existing> {
  const existing: Existing = new Map();
  for (const [path, type] of Object.entries(TYPES)) {
    for (const { id, name } of await api.list(path)) existing.set(id, `${type} ${name}`);
  }
  return existing;
}

export const sorted = (existing: Existing) => [...existing].sort(([a], [b]) => a < b ? -1 : 1);
