import { useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import type { Problem } from "../base/problem.ts";
import { entityHref, isTypeName } from "../entities/types.ts";
import { nameInText } from "../lights/light_words.ts";
import { useLookOnly } from "../lights/use_look_only.ts";
import { Link } from "../parts/link.tsx";
import { Failed } from "../parts/states.tsx";
import { useUi } from "../ui.ts";
import { confirmWord, isConfirmed } from "./confirm_word.ts";
import type { Device } from "./device.ts";

/** The end of a device: asked for by its name. */
export function DeleteDevice({ device }: { readonly device: Device }) {
  const asking = useSignal(false);
  const opener = useRef<HTMLButtonElement>(null);
  const lookOnly = useLookOnly();
  const close = () => {
    asking.value = false;
    opener.current?.focus();
  };
  return (
    <section class="device-delete">
      <h2>Delete</h2>
      {asking.value ? <AskDelete device={device} close={close} /> : (
        <p class="actions">
          <button
            type="button"
            class="danger"
            ref={opener}
            disabled={lookOnly !== undefined}
            onClick={() => asking.value = true}
          >
            Delete this device
          </button>
        </p>
      )}
    </section>
  );
}

function AskDelete({ device, close }: { readonly device: Device; readonly close: () => void }) {
  const { api, router, notices, entities } = useUi();
  const typed = useSignal("");
  const problem = useSignal<Problem | undefined>(undefined);
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => input.current?.focus(), []);
  const targets = entities.list("output_target").value.items ?? [];
  const known = targets.filter(({ device_id }) => device_id === device.id)
    .map(({ id, name }) => ({ id, name, type: "output_target" }));
  const users = problem.value?.users.length ? problem.value.users : known;
  const word = confirmWord(device.name);

  const remove = async () => {
    const answer = await api.send("DELETE", `/api/v1/devices/${encodeURIComponent(device.id)}`);
    if (!answer.ok && answer.problem.status !== 404) return void (problem.value = answer.problem);
    notices.say(`${nameInText(device.name)} was deleted. That is on record.`);
    router.go("/devices");
  };
  return (
    <form
      class="device-ask"
      onKeyDown={(event) => event.key === "Escape" && close()}
      onSubmit={(event) => {
        event.preventDefault();
        if (isConfirmed(word, typed.value)) void remove().catch((error: unknown) => console.error(error));
      }}
    >
      {users.length > 0 && <Users users={users} />}
      <p>
        Its configuration will be lost. That you deleted it goes on record, and what happened to it stays there.
      </p>
      <label class="field">
        <span class="field-label">
          To delete it, type <strong class="name">{word}</strong>
        </span>
        <input
          ref={input}
          autocomplete="off"
          spellcheck={false}
          onInput={(event) => typed.value = event.currentTarget.value}
        />
      </label>
      {problem.value !== undefined && problem.value.users.length === 0 && (
        <Failed what="delete the device" problem={problem.value} />
      )}
      <p class="actions">
        <button type="submit" class="danger" disabled={!isConfirmed(word, typed.value)}>Delete for good</button>
        <button type="button" onClick={close}>Keep it</button>
      </p>
    </form>
  );
}

/** Who uses the device: it cannot be deleted as long as they do. */
function Users({ users }: { readonly users: Problem["users"] }) {
  return (
    <div class="device-users" role="alert">
      <p>It is used, and cannot be deleted before these are changed or deleted:</p>
      <ul>
        {users.map(({ id, type, name }) => (
          <li key={id}>
            {isTypeName(type)
              ? <Link to={entityHref(type, id)} class="name">{name}</Link>
              : <span class="name">{name}</span>}
          </li>
        ))}
      </ul>
    </div>
  );
}
