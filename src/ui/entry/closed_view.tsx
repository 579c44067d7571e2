import { report } from "../base/report.ts";
import { useTitle } from "../parts/use_title.ts";
import { useUi } from "../ui.ts";

/** No key exists yet, and this browser is not on the server's own machine. */
export function ClosedView() {
  const { session } = useUi();
  useTitle("Not open yet");
  const retry = () => void session.start().catch(report);
  return (
    <main class="entry">
      <h1>Lumenlog</h1>
      <p>This server has no keys yet, so it only lets in its own machine.</p>
      <p>
        Make the first key there: open this page on that machine, or run <code>lumenlog keys add desk</code>{" "}
        beside the server. Then come back and sign in.
      </p>
      <p class="actions">
        <button type="button" onClick={retry}>Try again</button>
      </p>
    </main>
  );
}
