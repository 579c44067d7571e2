import { useSignal } from "@preact/signals";
import type { Problem } from "../base/problem.ts";
import { useTitle } from "../parts/use_title.ts";
import { useUi } from "../ui.ts";

/** Asks for a key; the address stays, so that the view behind it opens afterwards. */
export function SignIn({ reason }: { readonly reason: string | null }) {
  const { session } = useUi();
  const token = useSignal("");
  const keep = useSignal(false);
  const busy = useSignal(false);
  const problem = useSignal<Problem | undefined>(undefined);
  useTitle("Sign in");

  const submit = async () => {
    if (token.value.trim() === "" || busy.value) return;
    busy.value = true;
    problem.value = await session.signIn(token.value.trim(), keep.value);
    busy.value = false;
  };
  return (
    <main class="entry">
      <h1>Lumenlog</h1>
      {reason !== null && <p class="notice notice-error" role="alert">{reason} Sign in again.</p>}
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void submit().catch((error: unknown) => console.error(error));
        }}
      >
        <label class="field">
          <span class="field-label">Key</span>
          <input
            type="password"
            name="key"
            autocomplete="current-password"
            autocapitalize="none"
            spellcheck={false}
            autofocus
            required
            value={token.value}
            aria-invalid={problem.value !== undefined}
            aria-describedby="key-problem"
            onInput={(event) => token.value = event.currentTarget.value}
          />
          <span class="field-help">
            An admin makes keys under Settings, or with <code>lumenlog keys add</code>.
          </span>
        </label>
        <p id="key-problem" class="field-problem" role="alert">{problem.value?.detail}</p>
        <label class="check">
          <input type="checkbox" checked={keep.value} onChange={(event) => keep.value = event.currentTarget.checked} />
          <span>Stay signed in on this device</span>
        </label>
        <p class="actions">
          <button type="submit" class="primary" disabled={busy.value}>Sign in</button>
        </p>
      </form>
    </main>
  );
}
