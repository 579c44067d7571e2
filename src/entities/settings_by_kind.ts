import { z } from "zod";
import { describeIssue } from "./problems.ts";

type Shapes = Readonly<Record<string, z.ZodObject>>;

/** The settings of each kind, for the API description and for editors that are made from it. */
function describeSettings(kinds: Shapes) {
  return {
    type: "object",
    description: "Depends on `kind`.",
    oneOf: Object.entries(kinds).map(([kind, shape]) => {
      const { $schema: _, ...schema } = z.toJSONSchema(shape, { io: "input" });
      return { title: kind, ...schema };
    }),
  } as const;
}

/**
 * The fields of an entity whose `settings` depend on its `kind`: `kinds` has the strict shape of each. Settings left out
 * are those of the kind by default. (A discriminated union would need `kind` inside `settings`.)
 */
export function fieldsWithSettings<Rest extends z.core.$ZodLooseShape>(kinds: Shapes, rest: Rest): z.ZodObject {
  const { type, description, oneOf } = describeSettings(kinds);
  const fields = {
    kind: z.enum(Object.keys(kinds)),
    settings: z.unknown().default({}).meta({ type, description, oneOf }),
    ...rest,
  };
  return z.strictObject(fields).check((payload) => {
    const value: Readonly<Record<string, unknown>> = payload.value;
    const shape = Object.entries(kinds).find(([kind]) => kind === value["kind"])?.[1];
    if (shape === undefined) return;
    const parsed = shape.safeParse(value["settings"], { error: describeIssue });
    if (parsed.success) payload.value = { ...payload.value, settings: parsed.data };
    for (const { path, message, ...issue } of parsed.error?.issues ?? []) {
      const where = { path: ["settings", ...path], message, input: undefined };
      const { code } = issue;
      payload.issues.push(
        code === "unrecognized_keys" ? { ...where, code, keys: issue.keys } : { ...where, code: "custom" },
      );
    }
  });
}
