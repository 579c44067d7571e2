import type { ReadonlySignal } from "@preact/signals";
import { type ComponentType, createContext } from "preact";
import { useContext } from "preact/hooks";
import type { Entity, EntityTypeName } from "../../entities/types.ts";
import { pathText, type Steps } from "../form/paths.ts";
import type { Field, Shape } from "../form/shapes.ts";

/** What every control of a form reaches. */
export interface FormContents {
  readonly type: EntityTypeName;
  /** As it is stored; undefined for a new one. */
  readonly entity: ReadonlySignal<Entity | undefined>;
  readonly problems: ReadonlySignal<ReadonlyMap<string, string>>;
  set(steps: Steps, value: unknown): void;
  /** The control for a field, for controls that are made of others. */
  readonly FieldView: ComponentType<ControlProps>;
}

export const FormContext = createContext<FormContents | undefined>(undefined);

export function useForm(): FormContents {
  const form = useContext(FormContext);
  if (form === undefined) throw new Error("Cannot use a control outside of a form");
  return form;
}

export interface ControlProps<S extends Shape = Shape> {
  readonly field: Field;
  /** The field's own, or what the fields beside it made of it. */
  readonly shape: S;
  readonly steps: Steps;
  readonly value: unknown;
}

export type PropsOf<Control extends Shape["control"]> = ControlProps<Extract<Shape, { readonly control: Control }>>;

export interface Bound {
  readonly id: string;
  readonly path: string;
  readonly problem: string | undefined;
  /** For `aria-describedby`. */
  readonly describedBy: string | undefined;
  set(value: unknown): void;
}

/** A control's tie to its form. */
export function useBound({ field, steps }: Pick<ControlProps, "field" | "steps">): Bound {
  const form = useForm();
  const path = pathText(steps);
  const id = `field-${path}`;
  const problem = form.problems.value.get(path);
  const described = [...(field.help === "" ? [] : [`${id}-help`]), ...(problem === undefined ? [] : [`${id}-problem`])];
  return {
    id,
    path,
    problem,
    describedBy: described.length === 0 ? undefined : described.join(" "),
    set: (value) => form.set(steps, value),
  };
}
