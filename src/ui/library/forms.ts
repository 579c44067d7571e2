import { type ReadonlySignal, signal } from "@preact/signals";
import type { Api } from "../base/api.ts";
import type { Problem } from "../base/problem.ts";
import type { EntityTypeName } from "../entities/types.ts";
import { type EntityForm, readEntityForm } from "./form/entity_form.ts";
import type { ApiDescription } from "./form/schema.ts";

export type FormsState =
  | { readonly name: "loading" }
  | { readonly name: "failed"; readonly problem: Problem }
  | { readonly name: "ready"; form(type: EntityTypeName): EntityForm | undefined };

/** How entities are edited, out of the API's description, which is read once. */
export interface Forms {
  readonly state: ReadonlySignal<FormsState>;
  /** Reads the description when that has not been done. */
  load(): Promise<void>;
}

export function createForms(api: Api): Forms {
  const state = signal<FormsState>({ name: "loading" });
  let reading = false;
  const load = async () => {
    if (reading || state.value.name === "ready") return;
    reading = true;
    state.value = { name: "loading" };
    const answer = await api.get<ApiDescription>("/api/v1/openapi.json");
    reading = false;
    state.value = answer.ok
      ? { name: "ready", form: onceEach((type) => readEntityForm(answer.value, type)) }
      : { name: "failed", problem: answer.problem };
  };
  return { state, load };
}

/** Made when it is first wanted, and the same ever after. */
function onceEach(make: (type: EntityTypeName) => EntityForm | undefined): typeof make {
  const made = new Map<EntityTypeName, EntityForm | undefined>();
  return (type) => {
    if (!made.has(type)) made.set(type, make(type));
    return made.get(type);
  };
}
