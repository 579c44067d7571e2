import { z } from "zod";
import { defineAction } from "../audit/mod.ts";

/** `output_target` → `Output target`. */
const label = (type: string | null) => {
  const words = (type ?? "entity").replaceAll("_", " ");
  return words.charAt(0).toUpperCase() + words.slice(1);
};

const entityAction = (done: string) =>
  defineAction({
    category: "entity",
    severity: "info",
    aboutEntity: true,
    label: `Entity ${done}`,
    when: `An entity of any type was ${done}`,
    metadata: z.object({}),
    message: ({ entityType, entityName }) => `${label(entityType)} '${entityName}' ${done}`,
  });

export const entityActions = {
  "entity.created": entityAction("created"),
  "entity.updated": entityAction("updated"),
  "entity.deleted": entityAction("deleted"),
};
