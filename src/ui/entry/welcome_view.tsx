import { useSignal } from "@preact/signals";
import { report } from "../base/report.ts";
import { useTitle } from "../parts/use_title.ts";
import { type MadeKey, makeKey } from "../settings/key_list.ts";
import { NewKey } from "../settings/new_key.tsx";
import { TokenPanel } from "../settings/token_panel.tsx";
import { useFirstKey } from "../settings/use_first_key.ts";
import type { ViewProps } from "../shell/view_props.ts";
import { useUi } from "../ui.ts";

/** What this is, and the first key. */
export function WelcomeView(_props: ViewProps) {
  const { api, router, firstRun } = useUi();
  const first = useFirstKey();
  const made = useSignal<MadeKey | undefined>(undefined);
  useTitle("Welcome");
  const look = () => {
    firstRun.done();
    router.go("/");
  };
  return (
    <div class="welcome">
      <h1>Welcome to Lumenlog</h1>
      <p>It runs the lights of your network, and keeps a log of who did what with them.</p>
      <p>Everything stays in your own network: nothing is sent anywhere else.</p>
      {made.value !== undefined
        ? (
          <StoreFirst
            made={made.value}
            done={() => {
              made.value = undefined;
              first.release();
            }}
          />
        )
        : first.isFirst
        ? (
          <>
            <p>
              Make a key for yourself, so that the log can tell it was you; until then whoever sits here may do
              everything, and nobody else may come in.
            </p>
            <NewKey
              first
              make={(wanted) => first.guarded(() => makeKey(api, wanted))}
              made={(key) => made.value = key}
            />
            <p class="actions">
              <button type="button" class="quiet" onClick={look}>Look around first</button>
            </p>
          </>
        )
        : (
          <>
            <p>Its keys are made already; an admin makes more of them under Settings.</p>
            <p class="actions">
              <button type="button" class="primary" onClick={look}>Go to the lights</button>
            </p>
          </>
        )}
    </div>
  );
}

function StoreFirst({ made, done }: { readonly made: MadeKey; readonly done: () => void }) {
  const { session, router, firstRun, notices } = useUi();
  const keep = useSignal(false);
  const busy = useSignal(false);
  const goOn = async (free: () => void) => {
    busy.value = true;
    const problem = await session.signIn(made.token, keep.value).finally(() => busy.value = false);
    if (problem !== undefined) return notices.say(problem.detail, "error");
    firstRun.done();
    done();
    free();
    router.go("/");
  };
  return (
    <TokenPanel made={made}>
      {(free) => (
        <>
          <label class="check">
            <input
              type="checkbox"
              checked={keep.value}
              onChange={(event) => keep.value = event.currentTarget.checked}
            />
            <span>Stay signed in on this device</span>
          </label>
          <button
            type="button"
            class="primary"
            disabled={busy.value}
            onClick={() => void goOn(free).catch(report)}
          >
            I have stored it: continue
          </button>
        </>
      )}
    </TokenPanel>
  );
}
