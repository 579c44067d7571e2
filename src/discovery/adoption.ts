import { Refusal, type RefusalCode } from "../base/errors.ts";
import type { FieldIssue } from "../base/errors.ts";
import type { Log } from "../base/log.ts";
import type { Fields } from "../entities/definition.ts";
import type { StoredEntity } from "../entities/store.ts";
import type { Find } from "./find.ts";
import { createNames } from "./names.ts";

/** What became of one device that was to be adopted. */
export type Adopted =
  | { readonly id: string; readonly ok: true; readonly device: Fields }
  | {
    readonly id: string;
    readonly name: string | null;
    readonly ok: false;
    readonly error: {
      readonly code: RefusalCode;
      readonly message: string;
      readonly issues?: readonly FieldIssue[];
    };
  };

/** Makes configured devices of found ones, as whoever is acting. What fails for one does not stop the others. */
export type Adopt = (ids: readonly string[], tags: readonly string[]) => Promise<readonly Adopted[]>;

const AT_ONCE = 8;
const ATTEMPTS = 5;

export function createAdoption(
  { find, names, create, present, log }: {
    readonly find: (id: string) => Find | undefined;
    /** The names that devices have now. */
    readonly names: () => Promise<readonly string[]>;
    /** Refuses with `name_taken` or `invalid`. */
    readonly create: (body: Fields) => Promise<StoredEntity>;
    /** As the API shows it. */
    readonly present: (device: StoredEntity) => Fields;
    readonly log: Pick<Log, "error">;
  },
): Adopt {
  const underWay = new Set<string>();

  const createNamed = async (found: Find, tags: readonly string[], free: ReturnType<typeof createNames>) => {
    const { name, deviceType: device_type, url } = found.sighting;
    for (let attempt = 1;; attempt++) {
      try {
        return await create({ name: free.take(name), device_type, url, tags });
      } catch (error) {
        const taken = error instanceof Refusal && error.code === "name_taken";
        if (!taken || attempt === ATTEMPTS) throw error; // somebody else was faster: the next name
      }
    }
  };

  const failed = (id: string, name: string | null, error: unknown): Adopted => {
    if (!(error instanceof Refusal)) log.error("A found device could not be adopted", { error: String(error) });
    const { code, message, issues } = error instanceof Refusal ? error : UNEXPECTED;
    return { id, name, ok: false, error: { code, message, ...(issues.length > 0 ? { issues } : {}) } };
  };

  const adoptOne = async (id: string, tags: readonly string[], free: ReturnType<typeof createNames>) => {
    const found = find(id);
    const name = found?.sighting.name ?? null;
    if (found === undefined || found.state === "lost") return failed(id, name, NOT_THERE);
    if (found.state === "configured" || underWay.has(id)) return failed(id, name, CONFIGURED);
    underWay.add(id);
    try {
      return { id, ok: true, device: present(await createNamed(found, tags, free)) } as const;
    } catch (error) {
      return failed(id, name, error);
    } finally {
      underWay.delete(id);
    }
  };

  return async (ids, tags) => {
    const free = createNames(await names());
    const waiting = [...new Set(ids)];
    const outcomes = new Map<string, Adopted>();
    const work = async () => {
      for (let id = waiting.shift(); id !== undefined; id = waiting.shift()) {
        outcomes.set(id, await adoptOne(id, tags, free));
      }
    };
    const order = [...waiting];
    await Promise.all(Array.from({ length: AT_ONCE }, work));
    return order.flatMap((id) => outcomes.get(id) ?? []);
  };
}

const NOT_THERE = new Refusal("not_found", "Cannot add this device: it is not to be seen on the network now");
const CONFIGURED = new Refusal("conflict", "Cannot add this device: it is configured already");
const UNEXPECTED = new Refusal("unavailable", "Cannot add this device: it could not be stored");
