import { useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import type { Leaving } from "../base/live.ts";
import type { LeavingReason } from "../base/messages.ts";
import { useUi } from "../ui.ts";

const WORDS: Readonly<Record<LeavingReason, string>> = {
  restart: "The server is restarting.",
  update: "The server restarts with its new version.",
  restore: "The server is restoring a backup.",
  shutdown: "The server was shut down.",
};
/** A restart that takes longer than this is not on its way any more. */
const SLOW_S = 30;

/** Says over the lower edge that the server goes, and that it came back as another version. Moves nothing. */
export function RestartOverlay() {
  const { live, newerServer, notices } = useUi();
  const leaving = live.leaving.value;
  const version = newerServer.version.value;
  const went = useRef(false);
  useEffect(() => {
    if (leaving === undefined && went.current && live.status.peek().name === "live") notices.say("The server is back");
    went.current = leaving !== undefined;
  }, [leaving]);
  const words = leaving !== undefined
    ? WORDS[leaving.reason] ?? WORDS.restart
    : version !== undefined
    ? `The server is version ${version} now; this page is of another one.`
    : undefined;
  return (
    <div class={`server-news${words === undefined ? "" : " server-news-open"}`}>
      <p role="status">{words}</p>
      {leaving !== undefined ? <Waiting key={leaving.since} leaving={leaving} /> : version !== undefined && (
        <>
          <p class="quiet-text">What was not saved is lost by reloading.</p>
          <button type="button" onClick={() => location.reload()}>Reload</button>
          <button type="button" class="quiet" onClick={newerServer.dismiss}>Later</button>
        </>
      )}
    </div>
  );
}

function Waiting({ leaving: { reason, since } }: { readonly leaving: Leaving }) {
  const { live } = useUi();
  const seconds = useSignal(0);
  useEffect(() => {
    const timer = setInterval(() => seconds.value = Math.round((Date.now() - since) / 1000), 1000);
    return () => clearInterval(timer);
  }, []);
  const isLong = reason === "shutdown" || seconds.value > SLOW_S;
  return (
    <>
      <p class="quiet-text">
        This page goes on by itself once it is back. <span aria-hidden="true">{`${seconds.value} s`}</span>
      </p>
      {isLong && <button type="button" class="quiet" onClick={live.retry}>Try now</button>}
    </>
  );
}
