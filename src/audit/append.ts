import { canonicalText, type Draft, type StoredEntry } from "./entry.ts";
import type { Kinds } from "./kinds.ts";
import { insertEntry, insertEntryOfNewKind } from "./kinds_sql.ts";
import type { Tx } from "./ports.ts";
import type { LogState } from "./state_sql.ts";

export interface Appended {
  readonly entries: readonly StoredEntry[];
  /** True when an entry's combination of fields was not yet known as committed. */
  readonly newKind: boolean;
}

/** Adds entries after the head that was read in the same transaction; `seq` has no gap. */
export async function appendEntries(
  tx: Tx,
  state: LogState,
  drafts: readonly Draft[],
  deps: { readonly kinds: Kinds; readonly entryId: (seq: number) => string },
): Promise<Appended> {
  const entries: StoredEntry[] = [];
  let newKind = false;
  for (const draft of drafts) {
    if (!state.enabled && !isAboutTheLog(draft)) continue;
    const seq = state.head + entries.length + 1;
    const text = canonicalText(deps.entryId(seq), draft);
    const kind = deps.kinds.numberOf(draft);
    if (kind === undefined) {
      newKind = true;
      await insertEntryOfNewKind(tx, seq, draft, text);
    } else {
      await insertEntry(tx, seq, kind, draft, text);
    }
    entries.push({ seq, text });
  }
  return { entries, newKind };
}

/** The log's own actions are recorded also while it is off. */
const isAboutTheLog = (draft: Draft) => draft.action.startsWith("activity_log.");
