import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { localTime } from "../base/format.ts";
import type { Problem } from "../base/problem.ts";
import { report } from "../base/report.ts";
import { Failed, Skeleton } from "../parts/states.tsx";
import { SeverityMark } from "../parts/severity.tsx";
import { useUi } from "../ui.ts";
import { healthFacts, type ServerHealth, uptime } from "./health_words.ts";
import { RESTARTS, type ServerFacts, SYSTEM } from "./server/server_facts.ts";
import { useFollowed } from "./use_followed.ts";

const AGAIN_MS = 10_000;

/** What runs here, and whether its log is well. */
export function About() {
  const { api, live } = useUi();
  const facts = useFollowed<ServerFacts>(SYSTEM).value;
  const health = useSignal<ServerHealth | undefined>(undefined);
  const problem = useSignal<Problem | undefined>(undefined);
  const read = async () => {
    const answer = await api.get<ServerHealth>("/health");
    if (answer.ok) health.value = answer.value;
    problem.value = answer.ok ? undefined : answer.problem;
  };
  const start = () => void read().catch(report);
  useEffect(() => {
    start();
    const timer = setInterval(start, AGAIN_MS);
    return () => clearInterval(timer);
  }, []);
  const isKnown = health.value !== undefined && facts !== undefined;
  const isAway = live.leaving.value !== undefined;
  return (
    <div class="settings">
      {problem.value !== undefined && !isAway && (
        <Failed what="ask the server how it is" problem={problem.value} retry={start} />
      )}
      {!isKnown && problem.value === undefined && <Skeleton />}
      {health.value !== undefined && facts !== undefined && <Facts health={health.value} facts={facts} />}
      <section>
        <h2>For programs</h2>
        <p>
          Everything this page does goes over the{" "}
          <a href="/api/v1/docs">HTTP API</a>, whose description is also there for programs
          (<a href="/api/v1/openapi.json">OpenAPI</a>).
        </p>
      </section>
      <section>
        <h2>Licence</h2>
        <p>
          MIT. The text stands in the file <code>LICENSE</code> of the program.
        </p>
      </section>
    </div>
  );
}

interface FactsProps {
  readonly health: ServerHealth;
  readonly facts: ServerFacts;
}

const serverFacts = (facts: ServerFacts): readonly (readonly [label: string, words: string])[] => [
  ["Started", localTime(facts.started_at)],
  ["Runtime", facts.runtime],
  ["Database", facts.database === "file" ? "A file on its own disk" : "On another server"],
  ["Started again", RESTARTS[facts.restarts]],
];

function Facts({ health, facts }: FactsProps) {
  return (
    <>
      <section>
        <h2>Server</h2>
        <dl class="facts">
          <div>
            <dt>Version</dt>
            <dd>{health.version}</dd>
          </div>
          <div>
            <dt>Running for</dt>
            <dd>{uptime(health.uptime_seconds)}</dd>
          </div>
          {serverFacts(facts).map(([label, words]) => (
            <div key={label}>
              <dt>{label}</dt>
              <dd>{words}</dd>
            </div>
          ))}
        </dl>
      </section>
      <section>
        <h2>Activity log</h2>
        <p>
          The activity log tells who did what, for good; it is not the server's debug log, which says how the program
          fares.
        </p>
        <dl class="facts">
          {healthFacts(health).map(({ label, words, tone }) => (
            <div key={label}>
              <dt>{label}</dt>
              <dd>
                {tone !== "info" && <SeverityMark severity={tone} />} {words}
              </dd>
            </div>
          ))}
        </dl>
      </section>
    </>
  );
}
