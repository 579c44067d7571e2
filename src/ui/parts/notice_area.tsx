import { Link } from "./link.tsx";
import { useUi } from "../ui.ts";

/** Stands over the content and moves none of it. */
export function NoticeArea() {
  const { notices } = useUi();
  return (
    <div class="notices" role="status" aria-live="polite">
      {notices.shown.value.map(({ id, tone, text, link }) => (
        <p key={id} class={`notice notice-${tone}`}>
          <span>
            {text} {link !== undefined && <Link to={link.to}>{link.label}</Link>}
          </span>
          <button type="button" class="quiet" aria-label="Dismiss" onClick={() => notices.dismiss(id)}>×</button>
        </p>
      ))}
    </div>
  );
}
