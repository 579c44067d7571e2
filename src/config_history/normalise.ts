import type { Breathe } from "./breath.ts";
import { normaliseRouterOs, routerOsComponents } from "./routeros_text.ts";
import type { Mask } from "./secrets.ts";
import type { ResourceType } from "./types.ts";
import { normaliseWled, wledComponents } from "./wled_text.ts";

/** Goes up whenever the same configuration would become another text: what is stored is then brought up before it is compared. */
export const NORMALISER_VERSION = 1;

/** The text that is kept: without what changes by itself, and with marks in place of secrets. Undefined when it is none. */
export type Normalise = (text: string, mask: Mask, breathe: Breathe) => Promise<string | undefined>;

interface TextKind {
  readonly normalise: Normalise;
  /** What each line of a normalised text belongs to. */
  readonly components: (lines: readonly string[]) => readonly string[];
  /** The line without what only tells that another one follows it. */
  readonly bare: (line: string) => string;
  readonly extension: string;
  readonly mediaType: string;
}

export const TEXT_KINDS: Readonly<Record<ResourceType, TextKind>> = {
  wled: {
    normalise: normaliseWled,
    components: wledComponents,
    bare: (line) => line.endsWith(",") ? line.slice(0, -1) : line,
    extension: "json",
    mediaType: "application/json",
  },
  routeros: {
    normalise: normaliseRouterOs,
    components: routerOsComponents,
    bare: (line) => line,
    extension: "rsc",
    mediaType: "text/plain",
  },
};
