import { z } from "zod";
import type { EntityTypeName } from "./definition.ts";

/** The id of another entity. The mark in the schema is what finds references in stored fields and fills the API description. */
export const reference = (type: EntityTypeName) =>
  z.string().regex(/^[a-z]{3}_[0-9A-HJKMNP-TV-Z]{26}$/, "must be an id").meta({ "x-reference": type });

/** A reference that may be empty, and is so by default. */
export const optionalReference = (type: EntityTypeName) => reference(type).nullable().default(null);
