import { useSignal } from "@preact/signals";
import { useEffect, useMemo } from "preact/hooks";
import { report } from "../base/report.ts";
import { Icon } from "../parts/icon.tsx";
import { Failed, Skeleton } from "../parts/states.tsx";
import { useLack } from "../parts/use_role.ts";
import { useUi } from "../ui.ts";
import { createKeyList, type KeyList, type MadeKey } from "./key_list.ts";
import { KeyRow } from "./key_row.tsx";
import { NewKey } from "./new_key.tsx";
import { SignedIn } from "./signed_in.tsx";
import { TokenPanel } from "./token_panel.tsx";
import { useFirstKey } from "./use_first_key.ts";

/** Who may come in: the keys, a new one, and who one is oneself. */
export function Keys() {
  const lack = useLack("admin");
  return (
    <div class="settings">
      <SignedIn />
      <section>
        <h2>API keys</h2>
        <p class="quiet-text">
          Whoever has a key can do what its role allows, and the log names the label of the key for it.
        </p>
        {lack === undefined ? <Managed /> : <p class="notice">{lack}</p>}
      </section>
    </div>
  );
}

function Managed() {
  const { api, session, live } = useUi();
  const keys = useMemo(() => createKeyList(api), [api]);
  const first = useFirstKey();
  const made = useSignal<MadeKey | undefined>(undefined);
  const adding = useSignal(false);
  const load = () => void keys.load().catch(report);
  useEffect(() => {
    load();
    return live.on(({ type }) => void (type === "reset" && load()));
  }, [keys]);

  const store = (key: MadeKey) => {
    made.value = key;
    adding.value = false;
    // After the first key nobody is let in without one.
    if (!first.isFirst) load();
  };
  if (made.value !== undefined) {
    const done = () => {
      made.value = undefined;
      first.release();
    };
    const signIn = async () => {
      await session.signIn(key.token, false);
      done();
      load();
    };
    const key = made.value;
    return (
      <TokenPanel made={key}>
        {() => (
          <>
            <button type="button" class="primary" onClick={done}>I have stored it</button>
            <button type="button" onClick={() => void signIn().catch(report)}>
              Sign in with it here
            </button>
          </>
        )}
      </TokenPanel>
    );
  }
  return (
    <>
      <List keys={keys} retry={load} />
      {adding.value || first.isFirst
        ? <NewKey first={first.isFirst} make={(wanted) => first.guarded(() => keys.make(wanted))} made={store} />
        : (
          <p class="actions">
            <button type="button" onClick={() => adding.value = true}>
              <Icon name="plus" /> Make a key
            </button>
          </p>
        )}
    </>
  );
}

function List({ keys, retry }: { readonly keys: KeyList; readonly retry: () => void }) {
  const items = keys.items.value;
  const problem = keys.problem.value;
  if (problem !== undefined && problem.status !== 401) {
    return <Failed what="load the keys" problem={problem} retry={retry} />;
  }
  if (items === undefined) return <Skeleton rows={3} />;
  if (items.length === 0) {
    return (
      <p class="notice">
        There is no key yet, so everybody at this machine may do everything, and nobody else may come in.
      </p>
    );
  }
  return (
    <ul class="key-rows">
      {items.map((key) => <KeyRow key={key.label} apiKey={key} revoke={() => keys.revoke(key.label)} />)}
    </ul>
  );
}
