import type { ComponentChildren } from "preact";
import { useMemo } from "preact/hooks";
import type { Entry } from "../../audit/mod.ts";
import { clockTime, dayKey, localTime } from "../base/format.ts";
import { Link } from "../parts/link.tsx";
import { SeverityMark } from "../parts/severity.tsx";
import { Failed, Skeleton } from "../parts/states.tsx";
import { activityHref } from "./address.ts";
import { compact, type Filter } from "./filter.ts";
import { Sentence } from "./sentence_view.tsx";
import { useLogList } from "./use_log_list.ts";

export interface RecentActivityProps {
  readonly entityType?: string;
  readonly entityId?: string;
  /** The id of an entity: about it and about what refers to it. */
  readonly relatedTo?: string;
  /** Default 8. */
  readonly limit?: number;
  /** Default "Recent activity". */
  readonly title?: string;
  /** What chooses among them. */
  readonly children?: ComponentChildren;
}

/** The newest entries, of everything or about one entity; new ones come in by themselves. */
export function RecentActivity(
  { entityType, entityId, relatedTo, limit = 8, title = "Recent activity", children }: RecentActivityProps,
) {
  const filter = useMemo<Filter>(() => compact({ entityType, entityId, relatedTo }), [entityType, entityId, relatedTo]);
  const list = useLogList(filter, { first: limit, further: limit, rows: limit, waiting: limit });
  return (
    <section class="recent">
      <header class="recent-head">
        <h2>{title}</h2>
        <Link to={activityHref(filter)}>View all</Link>
      </header>
      {children}
      {list === undefined ? <Skeleton rows={limit} /> : <RecentRows list={list} limit={limit} />}
    </section>
  );
}

type Rows = { readonly list: NonNullable<ReturnType<typeof useLogList>>; readonly limit: number };

function RecentRows({ list, limit }: Rows) {
  const { rows, phase, problem } = list.state.value;
  if (phase === "loading" && rows.length === 0) return <Skeleton rows={limit} />;
  if (problem !== undefined && rows.length === 0) {
    return <Failed what="read the activity" problem={problem} retry={list.retry} />;
  }
  if (rows.length === 0) return <p class="quiet-text">Nothing yet. Every change will be listed here.</p>;
  return (
    <ol class="recent-rows">
      {rows.map(({ entry }) => <RecentRow key={entry.id} entry={entry} />)}
    </ol>
  );
}

function RecentRow({ entry }: { readonly entry: Entry }) {
  const today = dayKey(entry.ts) === dayKey(new Date().toISOString());
  return (
    <li class="recent-row">
      <Link to={activityHref({}, entry.id)} class="recent-time" label={`Entry of ${localTime(entry.ts)}`}>
        <time dateTime={entry.ts}>{today ? clockTime(entry.ts) : localTime(entry.ts).slice(5, 16)}</time>
      </Link>
      <SeverityMark severity={entry.severity} />
      <span class="recent-text">
        <Sentence entry={entry} />
      </span>
    </li>
  );
}
