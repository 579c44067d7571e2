import { Icon } from "../parts/icon.tsx";
import { Link } from "../parts/link.tsx";
import { useUi } from "../ui.ts";
import { LiveBadge } from "./live_badge.tsx";
import { inRail, placeOf } from "./places.ts";

/** A rail on the left, a bar at the bottom of a narrow window. */
export function Nav() {
  const { router, session } = useUi();
  const here = placeOf(router.path.value);
  const phase = session.phase.value;
  return (
    <nav class="nav" aria-label="Main">
      <p class="nav-brand">Lumenlog</p>
      <ul class="nav-places">
        {inRail().map(({ label, short, to, icon }) => (
          <li key={to}>
            <Link to={to} class="nav-place" current={here?.to === to}>
              <Icon name={icon} />
              <span>
                {short}
                <span class={short === undefined ? "" : "nav-rest"}>{label.slice(short?.length ?? 0)}</span>
              </span>
            </Link>
          </li>
        ))}
      </ul>
      <div class="nav-foot">
        <LiveBadge />
        {phase.name === "ready" && (
          <p class="nav-who">
            <strong>{phase.who.actor}</strong> <span class="quiet-text">{phase.who.role}</span>
          </p>
        )}
      </div>
    </nav>
  );
}
