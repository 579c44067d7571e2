import type { Problem } from "../base/problem.ts";
import { report } from "../base/report.ts";
import { Failed } from "../parts/states.tsx";
import { useTitle } from "../parts/use_title.ts";
import { useUi } from "../ui.ts";

/** The server did not answer when the page began. */
export function Unreachable({ problem }: { readonly problem: Problem }) {
  const { session } = useUi();
  useTitle("Not reachable");
  const retry = () => void session.start().catch(report);
  return (
    <main class="entry">
      <h1>Lumenlog</h1>
      <Failed what="reach the server" problem={problem} retry={retry} />
    </main>
  );
}
