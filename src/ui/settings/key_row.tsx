import type { Problem } from "../base/problem.ts";
import { activityHref } from "../activity/address.ts";
import { DeletePanel } from "../parts/delete_panel.tsx";
import { Link } from "../parts/link.tsx";
import { useUi } from "../ui.ts";
import type { ApiKey } from "./key_list.ts";
import { keyFacts } from "./key_words.ts";

export interface KeyRowProps {
  readonly apiKey: ApiKey;
  readonly revoke: () => Promise<Problem | undefined>;
}

/** One key: whose, for what, since when; and its end. */
export function KeyRow({ apiKey, revoke }: KeyRowProps) {
  const { session, notices } = useUi();
  const phase = session.phase.value;
  const isOwn = phase.name === "ready" && phase.who.actor === apiKey.label;
  const isDeclared = apiKey.source === "environment";
  const remove = async () => {
    const problem = await revoke();
    if (problem === undefined) notices.say(`Revoked ${apiKey.label}`);
    return problem;
  };
  return (
    <li class="key-row">
      <p class="key-head">
        <strong>{apiKey.label}</strong>
        <span>{apiKey.role}</span>
        {isOwn && <span class="quiet-text">you, now</span>}
        <Link to={activityHref({ actor: apiKey.label })} label={`What it did: ${apiKey.label}`}>What it did</Link>
      </p>
      <p class="quiet-text">{keyFacts(apiKey).join(" · ")}</p>
      {isDeclared
        ? (
          <p class="field-help">
            It stands in <code>LUMENLOG_API_KEYS</code>: take it out there and start the server again.
          </p>
        )
        : (
          <DeletePanel
            noun="key"
            name={apiKey.label}
            verb="Revoke"
            repeated
            loss={`Whoever uses it is shut out at once, live connections too${
              isOwn ? ", this window among them" : ""
            }. The label stays taken.`}
            barred={undefined}
            remove={remove}
          />
        )}
    </li>
  );
}
