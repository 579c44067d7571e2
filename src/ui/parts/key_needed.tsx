import { useUi } from "../ui.ts";
import { Link } from "./link.tsx";

/** Whether somebody works without a key, as is possible at the server's own machine. */
export function useKeyLack(): boolean {
  const phase = useUi().session.phase.value;
  return phase.name === "ready" && !phase.who.key;
}

/** Why nothing can be done here without a key, and where one is made. */
export const KeyNeeded = ({ what }: { readonly what: string }) => (
  <p class="key-needed">
    An API key is needed to {what}, so that the log can name who did it. <Link to="/settings/keys">Make one</Link>.
  </p>
);
