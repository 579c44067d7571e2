import { useUi } from "../ui.ts";

/** Why who is signed in may only look; undefined when they may change things. */
export function useLookOnly(): string | undefined {
  const phase = useUi().session.phase.value;
  if (phase.name !== "ready" || phase.who.role !== "viewer") return undefined;
  return `${phase.who.actor} may only look: changing something needs the role operator.`;
}
