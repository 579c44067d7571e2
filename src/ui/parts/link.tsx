import type { ComponentChildren } from "preact";
import { useUi } from "../ui.ts";

export interface LinkProps {
  readonly to: string;
  readonly id?: string;
  readonly class?: string;
  readonly current?: boolean;
  readonly label?: string;
  /** -1 where arrow keys lead to what holds the link. */
  readonly tabIndex?: number;
  readonly children: ComponentChildren;
}

/** A link inside the page; with a modifier or another button the browser does what it always does. */
export function Link({ to, current = false, label, tabIndex, children, ...rest }: LinkProps) {
  const { router } = useUi();
  const follow = (event: MouseEvent) => {
    if (event.defaultPrevented || event.button !== 0) return;
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    router.go(to);
  };
  return (
    <a
      href={to}
      {...(rest.id === undefined ? {} : { id: rest.id })}
      {...(rest.class === undefined ? {} : { class: rest.class })}
      {...(label === undefined ? {} : { "aria-label": label })}
      {...(tabIndex === undefined ? {} : { tabIndex })}
      {...(current ? { "aria-current": "page" as const } : {})}
      onClick={follow}
    >
      {children}
    </a>
  );
}
