import { useUi } from "../ui.ts";

const MAY = {
  viewer: "may look at everything",
  operator: "may change lights, devices and everything else that is not about keys or the log",
  admin: "may do everything",
} as const;

/** Who one is to the server. */
export function SignedIn() {
  const { session } = useUi();
  const phase = session.phase.value;
  if (phase.name !== "ready") return null;
  const { actor, role, key } = phase.who;
  return (
    <section>
      <h2>You</h2>
      {key
        ? (
          <p>
            Signed in with the key <strong>{actor}</strong>, which {MAY[role]}.
          </p>
        )
        : <p>At the server's own machine, without a key. The log calls you {actor}.</p>}
      {key && (
        <p class="actions">
          <button type="button" onClick={session.signOut}>Sign out</button>
        </p>
      )}
    </section>
  );
}
