import type { ComponentChildren } from "preact";
import { useEffect, useState } from "preact/hooks";
import type { Problem } from "../base/problem.ts";
import { useUi } from "../ui.ts";

/** Rows in the shape of what is coming; nothing at all in the first moment. */
export function Skeleton({ rows = 6 }: { readonly rows?: number }) {
  const [late, setLate] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setLate(true), 150);
    return () => clearTimeout(timer);
  }, []);
  return (
    <div class="skeleton" aria-busy="true">
      <span class="visually-hidden">Loading</span>
      {late && Array.from({ length: rows }, (_, index) => <div key={index} class="skeleton-row" />)}
    </div>
  );
}

/** Nothing yet: what will appear here, and the first step. */
export function Empty({ title, children }: { readonly title: string; readonly children?: ComponentChildren }) {
  return (
    <div class="empty">
      <p class="empty-title">{title}</p>
      {children}
    </div>
  );
}

export interface FailedProps {
  /** What could not be done, e.g. "load the devices". */
  readonly what: string;
  readonly problem: Problem;
  readonly retry?: () => void;
}

/** What failed, why, and what to do. */
export function Failed({ what, problem, retry }: FailedProps) {
  const { session } = useUi();
  const phase = session.phase.value;
  const lacksRole = problem.status === 403;
  return (
    <div class="failed" role="alert">
      <p class="failed-title">Cannot {what}</p>
      <p>{problem.detail}</p>
      {lacksRole && phase.name === "ready" && (
        <p>
          You are signed in as <strong>{phase.who.actor}</strong> ({phase.who.role}).
        </p>
      )}
      <p class="actions">
        {retry !== undefined && <button type="button" onClick={retry}>Retry</button>}
        {lacksRole && <button type="button" onClick={session.signOut}>Sign in with another key</button>}
      </p>
    </div>
  );
}
