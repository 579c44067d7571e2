import { useLack } from "./use_role.ts";

/** Tells whoever may only look why nothing is offered here. */
export function LookOnly() {
  const lack = useLack("operator");
  return lack === undefined ? null : <p class="quiet-text look-only">{lack}</p>;
}
