import { signal } from "@preact/signals";
import type { Api } from "../../base/api.ts";

/** What the server calls each action, e.g. `Came online`. */
export interface ActionNames {
  /** The label; the action itself while labels are not known, and where it has none. */
  labelOf(action: string): string;
  /** Reads them when that has not been done. */
  load(): Promise<void>;
}

interface Answer {
  readonly items: readonly { readonly action: string; readonly label: string }[];
}

export function createActionNames(api: Pick<Api, "get">): ActionNames {
  const labels = signal<ReadonlyMap<string, string>>(new Map());
  let reading = false;
  return {
    labelOf: (action) => labels.value.get(action) ?? action,
    load: async () => {
      if (reading || labels.peek().size > 0) return;
      reading = true;
      const answer = await api.get<Answer>("/api/v1/activity-log/actions");
      reading = false;
      if (answer.ok) labels.value = new Map(answer.value.items.map(({ action, label }) => [action, label]));
    },
  };
}
