import type { Draft } from "./entry.ts";
import { type Kind, readKinds } from "./kinds_sql.ts";
import type { Reader } from "./ports.ts";

/** The committed kinds, in memory. There are a few hundred: actions × actors × entity types that occurred. */
export interface Kinds {
  /** Reads those that were added since the last call. */
  refresh(): Promise<void>;
  numberOf(draft: Draft): number | undefined;
  all(): readonly Kind[];
  get(kind: number): Kind | undefined;
}

export function createKinds(sql: Reader): Kinds {
  const byKey = new Map<string, number>();
  const byNumber = new Map<number, Kind>();
  let list: readonly Kind[] = [];
  let last = 0;
  return {
    refresh: async () => {
      const added = await readKinds(sql, last);
      for (const kind of added) {
        byKey.set(keyOf(kind), kind.kind);
        byNumber.set(kind.kind, kind);
        last = Math.max(last, kind.kind);
      }
      if (added.length > 0) list = [...byNumber.values()];
    },
    numberOf: (draft) => byKey.get(keyOf(draft)),
    all: () => list,
    get: (kind) => byNumber.get(kind),
  };
}

const keyOf = (of: Omit<Kind, "kind">) =>
  `${of.category}\n${of.action}\n${of.severity}\n${of.actor}\n${of.entity_type ?? ""}`;
