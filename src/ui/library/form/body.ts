import type { EntityForm } from "./entity_form.ts";
import { type Field, isValues, type Shape, shapeBeside, startOf, type Values } from "./shapes.ts";
import { isUnfinished } from "./unfinished.ts";

/** Where a new entity begins. */
export const newDraft = ({ fields }: EntityForm): Values => startOf(fields);

/** What can be changed of an entity that is there. */
export const draftOf = ({ fields }: EntityForm, entity: Values): Values =>
  Object.fromEntries(fields.filter(({ name }) => Object.hasOwn(entity, name)).map(({ name }) => [name, entity[name]]));

/**
 * The body that a draft makes. What belongs to another kind than the chosen one stays in the draft, for whoever
 * changes their mind, and is not sent.
 */
export const bodyOf = (form: EntityForm, draft: Values): Values => sentGroup(form.fields, draft);

/** As much of the body as differs: what is left out stays as it is stored. */
export function changesOf(form: EntityForm, base: Values, draft: Values): Values {
  const before = bodyOf(form, base);
  const changed = Object.entries(bodyOf(form, draft)).filter(([name, value]) => !isSame(value, before[name]));
  return Object.fromEntries(changed);
}

const sentGroup = (fields: readonly Field[], values: Values): Values =>
  Object.fromEntries(
    Object.entries(values).filter(([, value]) => value !== undefined).map(([name, value]) => {
      const field = fields.find((one) => one.name === name);
      return [name, field === undefined ? value : sent(shapeBeside(field.shape, values), value, field.shape)];
    }),
  );

/** `declared` is the shape before the choice beside it made a group of it. */
function sent(shape: Shape, value: unknown, declared: Shape = shape): unknown {
  if (isUnfinished(value)) return value;
  if (shape.control === "list") return Array.isArray(value) ? value.map((item) => sent(shape.item, item)) : value;
  if (!isValues(value)) return value;
  if (shape.control === "group") return sentGroup(shape.fields, withoutOthers(declared, shape.fields, value));
  if (shape.control !== "variants") return value;
  const fields = shape.variants.find(({ name }) => name === value[shape.by])?.fields ?? [];
  return sentGroup(fields, withoutOthers(shape, fields, value));
}

/** Without the fields that only other variants have. */
function withoutOthers(shape: Shape, own: readonly Field[], values: Values): Values {
  if (shape.control !== "variants") return values;
  const foreign = new Set(shape.variants.flatMap(({ fields }) => fields.map(({ name }) => name)));
  for (const { name } of own) foreign.delete(name);
  return Object.fromEntries(Object.entries(values).filter(([name]) => !foreign.has(name)));
}

/** Whether two JSON values are the same, in whatever order their fields stand. */
export function isSame(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true;
  if (Array.isArray(a) && Array.isArray(b)) return a.length === b.length && a.every((item, at) => isSame(item, b[at]));
  if (!isValues(a) || !isValues(b)) return false;
  const names = Object.keys(a);
  return names.length === Object.keys(b).length &&
    names.every((name) => Object.hasOwn(b, name) && isSame(a[name], b[name]));
}
