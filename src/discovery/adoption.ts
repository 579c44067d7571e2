import { Refusal } from "../base/errors.ts";
import type { Fields } from "../entities/definition.ts";
import type { StoredEntity } from "../entities/store.ts";
import type { Batch, ItemError } from "../http/batch.ts";
import type { Find } from "./find.ts";
import { createNames } from "./names.ts";

/** What became of one device that was to be adopted. */
export type Adopted =
  | { readonly id: string; readonly ok: true; readonly device: Fields }
  | { readonly id: string; readonly name: string | null; readonly ok: false; readonly error: ItemError };

/** Makes configured devices of found ones, as whoever is acting. What fails for one does not stop the others. */
export type Adopt = (ids: readonly string[], tags: readonly string[]) => Promise<readonly Adopted[]>;

const ATTEMPTS = 5;

export function createAdoption(
  { find, names, create, present, batch }: {
    readonly find: (id: string) => Find | undefined;
    /** The names that devices have now. */
    readonly names: () => Promise<readonly string[]>;
    /** Refuses with `name_taken` or `invalid`. */
    readonly create: (body: Fields) => Promise<StoredEntity>;
    /** As the API shows it. */
    readonly present: (device: StoredEntity) => Fields;
    readonly batch: Batch;
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

  const adoptOne = async (id: string, tags: readonly string[], free: ReturnType<typeof createNames>) => {
    const found = find(id);
    if (found === undefined || found.state === "lost") throw NOT_THERE;
    if (found.state === "configured" || underWay.has(id)) throw CONFIGURED;
    underWay.add(id);
    try {
      return present(await createNamed(found, tags, free));
    } finally {
      underWay.delete(id);
    }
  };

  return async (ids, tags) => {
    const free = createNames(await names());
    const wanted = [...new Set(ids)];
    const outcomes = await batch(wanted, (id) => adoptOne(id, tags, free));
    return outcomes.map((outcome, index) => {
      const id = wanted[index] ?? "";
      if (outcome.ok) return { id, ok: true, device: outcome.value };
      return { id, name: find(id)?.sighting.name ?? null, ok: false, error: outcome.error };
    });
  };
}

const NOT_THERE = new Refusal("not_found", "Cannot add this device: it is not to be seen on the network now");
const CONFIGURED = new Refusal("conflict", "Cannot add this device: it is configured already");
