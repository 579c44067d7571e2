import { Failed, Skeleton } from "../../parts/states.tsx";
import { SettingsForm } from "../settings_form.tsx";
import { useBar } from "../use_bar.tsx";
import { useFollowed } from "../use_followed.ts";
import { EndPanel } from "./end_panel.tsx";
import { AFTERWARDS, RESTARTS, type ServerFacts, SYSTEM } from "./server_facts.ts";

/** The end of the server, with a beginning after it or without. */
export function ServerSection() {
  const bar = useBar();
  return (
    <div class="settings">
      {bar ?? (
        <>
          <Ends />
          <section>
            <h2>What a shutdown does</h2>
            <ShutdownForm />
          </section>
        </>
      )}
    </div>
  );
}

function Ends() {
  const { value, problem, again } = useFollowed<ServerFacts>(SYSTEM);
  if (problem !== undefined) return <Failed what="ask the server about itself" problem={problem} retry={again} />;
  if (value === undefined) return <Skeleton rows={3} />;
  return (
    <>
      <section>
        <h2>Restart</h2>
        <p class="quiet-text">
          {`What is under way is stored, then the server ends and is started again ${RESTARTS[value.restarts]}.`}
        </p>
        <EndPanel verb="restart" label="Restart" />
      </section>
      <section>
        <h2>Shut down</h2>
        <p class="quiet-text">
          {`What is under way is stored, then the server ends. ${AFTERWARDS[value.restarts]}`}
        </p>
        <EndPanel verb="shutdown" label="Shut down" />
      </section>
    </>
  );
}

interface ShutdownAction {
  readonly action: "stop_targets" | "leave";
}

const ACTIONS: readonly (readonly [action: ShutdownAction["action"], label: string])[] = [
  ["stop_targets", "Stop what runs on the lights"],
  ["leave", "Leave the lights as they are"],
];

const ShutdownForm = () => (
  <SettingsForm<ShutdownAction> path={`${SYSTEM}/shutdown-action`} of="shutting down" lookOnly={false}>
    {({ shown, edit }) => (
      <fieldset>
        <legend class="field-label">When the server ends</legend>
        {ACTIONS.map(([action, label]) => (
          <label key={action} class="check">
            <input
              type="radio"
              name="shutdown-action"
              checked={shown.action === action}
              onChange={() => edit({ action })}
            />
            <span>{label}</span>
          </label>
        ))}
      </fieldset>
    )}
  </SettingsForm>
);
