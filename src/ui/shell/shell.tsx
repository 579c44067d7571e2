import { useEffect, useRef } from "preact/hooks";
import { Unreachable } from "../entry/unreachable.tsx";
import { ClosedView } from "../entry/closed_view.tsx";
import { SignIn } from "../entry/sign_in.tsx";
import { useWelcome } from "../entry/use_welcome.ts";
import { NoticeArea } from "../parts/notice_area.tsx";
import { useUi } from "../ui.ts";
import { KeyHelp } from "./key_help.tsx";
import type { Keys } from "./keys.ts";
import { Nav } from "./nav.tsx";
import { RestartOverlay } from "./restart_overlay.tsx";
import { useKeptFocus } from "./use_kept_focus.ts";
import { CurrentView } from "./views.tsx";

/** The page: who may not look in is told what is needed, everybody else sees the view. */
export function Shell({ keys }: { readonly keys: Keys }) {
  const { session } = useUi();
  const phase = session.phase.value;
  switch (phase.name) {
    case "starting":
      return <p class="visually-hidden" role="status">Loading</p>;
    case "unreachable":
      return <Unreachable problem={phase.problem} />;
    case "signed_out":
      return <SignIn reason={phase.reason} />;
    case "closed":
      return <ClosedView />;
    case "ready":
      return <Inside keys={keys} />;
  }
}

function Inside({ keys }: { readonly keys: Keys }) {
  const main = useRef<HTMLElement>(null);
  useFocusOnMove(main);
  useKeptFocus(main);
  useWelcome();
  return (
    <>
      <a class="skip" href="#main" onClick={(event) => skipTo(event, main.current)}>Skip to the content</a>
      <div class="frame">
        <Nav />
        <main id="main" ref={main} tabIndex={-1}>
          <CurrentView />
        </main>
      </div>
      <RestartOverlay />
      <KeyHelp keys={keys} />
      <NoticeArea />
    </>
  );
}

function skipTo(event: MouseEvent, main: HTMLElement | null): void {
  event.preventDefault();
  main?.focus();
}

/** A new view is where reading goes on, also for whoever hears it. */
function useFocusOnMove(main: { readonly current: HTMLElement | null }): void {
  const { router } = useUi();
  const path = router.path.value;
  const first = useRef(true);
  useEffect(() => {
    if (!first.current) main.current?.focus({ preventScroll: true });
    first.current = false;
  }, [path]);
}
