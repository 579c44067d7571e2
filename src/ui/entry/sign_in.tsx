import { useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import type { Problem } from "../base/problem.ts";
import { report } from "../base/report.ts";
import { useTitle } from "../parts/use_title.ts";
import { useUi } from "../ui.ts";
import { refusedBecause } from "./refused.ts";

/** Whoever was let in goes on reading where the view begins, unless it knows a better place. */
function focusContent(): void {
  if (document.activeElement === document.body) document.getElementById("main")?.focus({ preventScroll: true });
}

/** Asks for a key; the address stays, so that the view behind it opens afterwards. */
export function SignIn({ reason }: { readonly reason: string | null }) {
  const { session } = useUi();
  const token = useSignal("");
  const keep = useSignal(false);
  const busy = useSignal(false);
  const problem = useSignal<Problem | undefined>(undefined);
  const input = useRef<HTMLInputElement>(null);
  useTitle("Sign in");
  useEffect(() => input.current?.focus(), []);

  const submit = async () => {
    if (token.value.trim() === "" || busy.value) return;
    busy.value = true;
    problem.value = await session.signIn(token.value.trim(), keep.value).finally(() => busy.value = false);
    if (problem.value !== undefined) input.current?.select();
    else setTimeout(focusContent); // once it is there
  };
  return (
    <main class="entry">
      <h1>Lumenlog</h1>
      {reason !== null && (
        <p class="notice notice-error" role="alert">
          {reason} Sign in to go on where you were.
        </p>
      )}
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void submit().catch(report);
        }}
      >
        <div class="field">
          <label class="field-label" for="sign-in-key">Key</label>
          <input
            type="password"
            id="sign-in-key"
            name="key"
            ref={input}
            autocomplete="current-password"
            autocapitalize="none"
            spellcheck={false}
            required
            value={token.value}
            aria-invalid={problem.value !== undefined}
            aria-describedby="key-problem key-help"
            onInput={(event) => token.value = event.currentTarget.value}
          />
          <p id="key-problem" class="field-problem" role="alert">
            {problem.value === undefined ? "" : refusedBecause(problem.value)}
          </p>
          <p id="key-help" class="field-help">
            An admin makes keys under Settings, or with <code>lumenlog keys add</code>.
          </p>
        </div>
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
