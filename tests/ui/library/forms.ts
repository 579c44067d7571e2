import type { EntityTypeName } from "../../../src/entities/definition.ts";
import { type EntityForm, readEntityForm } from "../../../src/ui/library/form/entity_form.ts";
import type { ApiDescription } from "../../../src/ui/library/form/schema.ts";
import { withApp } from "../../support/app.ts";

/** The description as a browser gets it. */
export async function description(): Promise<ApiDescription> {
  let answered: ApiDescription | undefined;
  await withApp(async ({ call }) => {
    answered = await (await call("GET", "/api/v1/openapi.json")).json();
  });
  if (answered === undefined) throw new Error("no description");
  return answered;
}

export function formOf(api: ApiDescription, type: EntityTypeName): EntityForm {
  const form = readEntityForm(api, type);
  if (form === undefined) throw new Error(`no form for ${type}`);
  return form;
}
