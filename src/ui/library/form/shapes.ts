import type { EntityTypeName } from "../../entities/types.ts";

/** What a value looks like, and so by what it is edited. */
export type Shape =
  | { readonly control: "text"; readonly lines: boolean; readonly nullable: boolean }
  /** `07:30` */
  | { readonly control: "time" }
  /** `#rrggbb` */
  | { readonly control: "color" }
  | {
    readonly control: "number";
    readonly whole: boolean;
    readonly nullable: boolean;
    readonly least?: number;
    readonly most?: number;
  }
  /** 0..1, shown in percent */
  | { readonly control: "share" }
  | { readonly control: "flag" }
  | { readonly control: "choice"; readonly options: readonly string[] }
  /** Some of several. */
  | { readonly control: "choices"; readonly options: readonly string[] }
  | { readonly control: "reference"; readonly type: EntityTypeName; readonly nullable: boolean }
  /** Short texts in a row, such as tags. */
  | { readonly control: "words" }
  | { readonly control: "list"; readonly item: Shape; readonly least: number; readonly most: number }
  | Group
  /** One of several groups: which one is told by the field `by`, which stands inside of it or beside it. */
  | {
    readonly control: "variants";
    readonly by: string;
    readonly inside: boolean;
    readonly variants: readonly Variant[];
  }
  /** Written, never read. */
  | { readonly control: "secret" }
  | { readonly control: "json" };

export interface Group {
  readonly control: "group";
  readonly fields: readonly Field[];
  readonly nullable: boolean;
}

export interface Variant {
  readonly name: string;
  readonly fields: readonly Field[];
}

export interface Field {
  readonly name: string;
  readonly label: string;
  readonly help: string;
  /** Such as `s`; empty for none. */
  readonly unit: string;
  /** What it is as long as nobody says otherwise; undefined when somebody has to. */
  readonly start: unknown;
  readonly shape: Shape;
}

export type Values = Readonly<Record<string, unknown>>;

export const isValues = (value: unknown): value is Values =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** Every field at its start. */
export const startOf = (fields: readonly Field[]): Values =>
  Object.fromEntries(fields.filter(({ start }) => start !== undefined).map(({ name, start }) => [name, start]));

/** What a new item of a list is. */
export function startOfShape(shape: Shape): unknown {
  switch (shape.control) {
    case "group":
      return startOf(shape.fields);
    case "variants": {
      const [first] = shape.variants;
      return first === undefined ? {} : { [shape.by]: first.name, ...startOf(first.fields) };
    }
    case "text":
      return "";
    case "reference":
      return null;
    case "color":
      return "#ffffff";
    default:
      return undefined;
  }
}

/** The shape of a field as it is beside these others: variants that are chosen from beside them become a group. */
export function shapeBeside(shape: Shape, siblings: Values): Shape {
  if (shape.control !== "variants" || shape.inside) return shape;
  const chosen = shape.variants.find(({ name }) => name === siblings[shape.by]);
  return { control: "group", fields: chosen?.fields ?? [], nullable: false };
}
