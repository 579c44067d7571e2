import type { EntityForm } from "./entity_form.ts";
import { parsePath, pathText, type Steps } from "./paths.ts";
import { type Field, isValues, type Shape, shapeBeside, type Values } from "./shapes.ts";
import { isUnfinished, typedIn } from "./unfinished.ts";

export interface FieldProblem {
  /** A JSON path such as `stops[1].color`. */
  readonly field: string;
  readonly message: string;
}

interface Place {
  readonly steps: Steps;
  readonly shape: Shape;
  readonly value: unknown;
}

/** Every place of the form that shows something about itself, from the top. */
const placesOf = (form: EntityForm, draft: Values): readonly Place[] => inFields(form.fields, draft, []);

const inFields = (fields: readonly Field[], values: Values, at: Steps): readonly Place[] =>
  fields.flatMap(({ name, shape }) => inShape(shapeBeside(shape, values), values[name], [...at, name]));

function inShape(shape: Shape, value: unknown, steps: Steps): readonly Place[] {
  return [{ steps, shape, value }, ...inside(shape, value, steps)];
}

function inside(shape: Shape, value: unknown, steps: Steps): readonly Place[] {
  if (shape.control === "list" && Array.isArray(value)) {
    return value.flatMap((item, at) => inShape(shape.item, item, [...steps, at]));
  }
  if (!isValues(value) || isUnfinished(value)) return [];
  if (shape.control === "group") return inFields(shape.fields, value, steps);
  if (shape.control !== "variants") return [];
  const chosen = shape.variants.find(({ name }) => name === value[shape.by]);
  return inFields(chosen?.fields ?? [], value, steps);
}

/** What cannot be sent at all: where something was typed that is no value yet. */
export const unfinishedProblems = (form: EntityForm, draft: Values): readonly FieldProblem[] =>
  placesOf(form, draft).flatMap(({ steps, shape, value }) =>
    isUnfinished(value) ? [{ field: pathText(steps), message: wanted(shape, typedIn(value)) }] : []
  );

const wanted = (shape: Shape, typed: string): string => {
  if (shape.control === "json") return "must be JSON";
  return typed === "" ? "must not be empty" : "must be a number";
};

/**
 * The problems by the path of the field beside which they are shown: the field itself, or what is around it. Those that
 * belong to no field are under the empty path.
 */
export function placeProblems(
  form: EntityForm,
  draft: Values,
  problems: readonly FieldProblem[],
): ReadonlyMap<string, string> {
  const shown = new Set(placesOf(form, draft).map(({ steps }) => pathText(steps)));
  const placed = new Map<string, string>();
  for (const { field, message } of problems) {
    const path = nearest(parsePath(field), shown);
    const text = path === "" && field !== "" ? `${field} ${message}` : message;
    const before = placed.get(path);
    placed.set(path, before === undefined || before === text ? text : `${before}; ${text}`);
  }
  return placed;
}

function nearest(steps: Steps, shown: ReadonlySet<string>): string {
  for (let length = steps.length; length > 0; length--) {
    const path = pathText(steps.slice(0, length));
    if (shown.has(path)) return path;
  }
  return "";
}
