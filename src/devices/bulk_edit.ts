import { Refusal } from "../base/errors.ts";
import type { Fields } from "../entities/definition.ts";
import type { Entities } from "../entities/service.ts";
import type { StoredEntity } from "../entities/store.ts";
import { type Batch, type ItemError } from "../http/batch.ts";
import type { BulkEdit } from "./bulk_edit_schemas.ts";

/** What became of one of the devices. `name` is null for one that does not exist. */
export type Edited =
  & { readonly id: string; readonly name: string | null }
  & ({ readonly ok: true; readonly changed: boolean } | { readonly ok: false; readonly error: ItemError });

/** Changes many devices, each as if it were changed alone: one that cannot be changed stands in nobody's way. */
export type EditMany = (ids: readonly string[], edit: BulkEdit) => Promise<readonly Edited[]>;

/** So often a device is tried that others change at the same time. */
const ATTEMPTS = 8;

export function createEditMany(
  { entities, batch }: { readonly entities: Pick<Entities, "list" | "get" | "update">; readonly batch: Batch },
): EditMany {
  /** Undefined when somebody else changed the device between reading and writing it. */
  const tryToEdit = async (id: string, edit: BulkEdit) => {
    const before = await entities.get("device", id);
    try {
      const after = await entities.update("device", id, bodyFor(before, edit), [before.version]);
      return { changed: after.version !== before.version };
    } catch (error) {
      if (error instanceof Refusal && error.code === "precondition_failed") return undefined;
      throw error;
    }
  };

  const editOne = async (id: string, edit: BulkEdit) => {
    for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
      const edited = await tryToEdit(id, edit);
      if (edited) return edited;
    }
    throw new Refusal("conflict", `Cannot update device ${id}: others keep changing it`);
  };

  return async (ids, edit) => {
    const names = new Map((await entities.list("device", {})).map(({ id, name }) => [id, name]));
    const outcomes = await batch(ids, (id) => editOne(id, edit));
    return outcomes.map((outcome, index) => {
      const id = ids[index] ?? "";
      const item = { id, name: names.get(id) ?? null };
      return outcome.ok ? { ...item, ok: true, ...outcome.value } : { ...item, ...outcome };
    });
  };
}

function bodyFor(before: StoredEntity, { fields = {}, add_tags = [], remove_tags = [] }: BulkEdit): Fields {
  if (add_tags.length + remove_tags.length === 0) return fields;
  // The schema of the request has seen the tags in it.
  const base = fields["tags"] as readonly string[] | undefined ?? before.tags;
  const kept = base.filter((tag) => !remove_tags.includes(tag));
  return { ...fields, tags: [...kept, ...add_tags.filter((tag) => !kept.includes(tag))] };
}
