import { type ReadonlySignal, signal } from "@preact/signals";
import type { Role } from "../../http/route.ts";
import type { Api } from "../base/api.ts";
import type { Problem, Result } from "../base/problem.ts";

export interface ApiKey {
  readonly label: string;
  readonly role: Role;
  readonly source: "database" | "environment";
  readonly created_at: string;
  readonly expires_at: string | null;
  readonly last_used_at: string | null;
}

/** With the token, which is in this answer and nowhere else. */
export type MadeKey = ApiKey & { readonly token: string };

export interface WantedKey {
  readonly label: string;
  readonly role: Role;
  readonly expires_at: string | null;
}

/** The keys of this server, for admins. */
export interface KeyList {
  readonly items: ReadonlySignal<readonly ApiKey[] | undefined>;
  readonly problem: ReadonlySignal<Problem | undefined>;
  load(): Promise<void>;
  make(wanted: WantedKey): Promise<Result<MadeKey>>;
  /** Why it could not be done; undefined when it was. */
  revoke(label: string): Promise<Problem | undefined>;
}

const PATH = "/api/v1/system/api-keys";

/** Makes a key; the first one of a server is for an admin. */
export const makeKey = (api: Api, wanted: WantedKey): Promise<Result<MadeKey>> =>
  api.send<MadeKey>("POST", PATH, wanted);

export function createKeyList(api: Api): KeyList {
  const items = signal<readonly ApiKey[] | undefined>(undefined);
  const problem = signal<Problem | undefined>(undefined);
  const load = async () => {
    const answer = await api.get<{ readonly items: readonly ApiKey[] }>(PATH);
    if (answer.ok) items.value = answer.value.items;
    problem.value = answer.ok ? undefined : answer.problem;
  };
  return {
    items,
    problem,
    load,
    make: (wanted) => makeKey(api, wanted),
    revoke: async (label) => {
      const answer = await api.send("DELETE", `${PATH}/${encodeURIComponent(label)}`);
      if (!answer.ok) return answer.problem;
      items.value = items.value?.filter((key) => key.label !== label);
      return undefined;
    },
  };
}
