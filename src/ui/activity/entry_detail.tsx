import type { ComponentChildren } from "preact";
import type { Entry } from "../../audit/mod.ts";
import { copyText } from "../base/clipboard.ts";
import { localTime } from "../base/format.ts";
import { Icon } from "../parts/icon.tsx";
import { Link } from "../parts/link.tsx";
import { Failed } from "../parts/states.tsx";
import { useUi } from "../ui.ts";
import { activityHref, type Address } from "./address.ts";
import { CATEGORY_LABELS, changed, type FilterChange, LONGEST_VALUE, scalarText, SEVERITY_LABELS } from "./filter.ts";
import { around } from "./presets.ts";
import { seqOfId } from "./row.ts";
import { hrefOf } from "./sentence.ts";
import { Sentence } from "./sentence_view.tsx";
import type { Opened } from "./use_found.ts";

export interface EntryDetailProps {
  readonly opened: Opened;
  /** It was removed from the log while it was open. */
  readonly gone: boolean;
  readonly address: Address;
  readonly close: () => void;
}

/** One entry with all that is known of it; or why it cannot be shown. */
export function EntryDetail({ opened: { found }, gone, address, close }: EntryDetailProps) {
  return (
    <article class="entry-detail">
      <button type="button" class="quiet square entry-close" aria-label="Close the entry" onClick={close}>
        <Icon name="close" />
      </button>
      {gone && found.name === "found" && (
        <p class="entry-gone" role="status">This entry is gone: it was removed from the log.</p>
      )}
      {found.name === "found"
        ? <Known entry={found.entry} address={address} />
        : found.name === "failed"
        ? <Failed what="read the entry" problem={found.problem} />
        : <p class="entry-words">{WORDS[found.name]}</p>}
    </article>
  );
}

const WORDS = {
  looking: "Looking for the entry…",
  removed: "This entry is gone: the log no longer reaches back so far.",
  unknown: "There is no such entry in this log. It was removed, or the link is not complete.",
} as const;

function Known({ entry, address }: { readonly entry: Entry; readonly address: Address }) {
  return (
    <>
      <h2 class="entry-words">
        <Sentence entry={entry} />
      </h2>
      <Actions entry={entry} address={address} />
      <Fields entry={entry} only={(part) => address.show(changed(address.filter.peek(), part), { step: true })} />
    </>
  );
}

function Actions({ entry, address }: { readonly entry: Entry; readonly address: Address }) {
  const { notices } = useUi();
  const filter = address.filter.value;
  const { actor, entity_type: entityType, entity_id: entityId } = entry;
  const copy = (text: string, what: string) =>
    void copyText(text).then(
      (copied) => notices.say(copied ? `Copied ${what}` : `This browser does not let the page copy`),
      (error: unknown) => console.error(error),
    );
  const link = () => new URL(activityHref({}, entry.id), location.href).href;
  const same = changed(filter, { entityType: entityType ?? undefined, entityId: entityId ?? undefined });
  return (
    <p class="actions">
      <button type="button" onClick={() => copy(JSON.stringify(entry), "the entry")}>
        <Icon name="copy" />
        Copy JSON
      </button>
      <button type="button" onClick={() => copy(link(), "the link")}>
        <Icon name="link" />
        Copy link
      </button>
      <button type="button" onClick={() => address.show({ ...filter, actor }, { step: true })}>Same actor</button>
      {entityId !== null && (
        <button type="button" onClick={() => address.show(same, { step: true })}>Same entity</button>
      )}
      <button type="button" onClick={() => address.show(around(entry.ts), { step: true })}>
        Five minutes around
      </button>
    </p>
  );
}

interface FieldsProps {
  readonly entry: Entry;
  /** Narrows the list further. */
  readonly only: (part: FilterChange) => void;
}

/** All eleven fields and the place in the log. */
function Fields({ entry, only }: FieldsProps) {
  const to = hrefOf(entry.entity_type, entry.entity_id);
  const { entity_name: entityName } = entry;
  const name = <span class="name">{entityName}</span>;
  return (
    <dl class="entry-fields">
      <Field label="Local time">{`${localTime(entry.ts)}${entry.ts.slice(19, 23)}`}</Field>
      <Field label="UTC">{entry.ts}</Field>
      <Field label="Category">{CATEGORY_LABELS[entry.category] ?? entry.category}</Field>
      <Field label="Severity">{SEVERITY_LABELS[entry.severity] ?? entry.severity}</Field>
      <Field label="Action" mono only={() => only({ actions: [entry.action] })}>{entry.action}</Field>
      <Field label="Actor">
        <span class="name">{entry.actor}</span>
      </Field>
      {entityName !== null && (
        <Field label="Entity" only={entityName === "" ? undefined : () => only({ entityName })}>
          {to === undefined ? name : <Link to={to}>{name}</Link>}
        </Field>
      )}
      {entry.entity_type !== null && <Field label="Entity type" mono>{entry.entity_type}</Field>}
      {entry.entity_id !== null && <Field label="Entity id" mono>{entry.entity_id}</Field>}
      <Field label="Message">
        <span class="name">{entry.message}</span>
      </Field>
      <Field label="Id" mono>{entry.id}</Field>
      <Field label="Number">{seqOfId(entry.id) ?? "–"}</Field>
      {Object.entries(entry.metadata).map(([key, value]) => (
        <Field
          key={key}
          label={key}
          mono
          only={() => only(sameMetadata(key, value))}
        >
          <span class="name">{value === null ? "null" : String(value)}</span>
        </Field>
      ))}
      <div>
        <dt>Metadata</dt>
        <dd>
          <pre class="entry-metadata" tabIndex={0} aria-label="Metadata">{JSON.stringify(entry.metadata, null, 2)}</pre>
        </dd>
      </div>
    </dl>
  );
}

/** What cannot be asked for by its value narrows by its key alone. */
function sameMetadata(key: string, value: Entry["metadata"][string]): FilterChange {
  const text = scalarText(value);
  return { metadataKey: key, metadataValue: text.length > LONGEST_VALUE ? undefined : text };
}

interface FieldProps {
  readonly label: string;
  readonly mono?: boolean;
  readonly only?: (() => void) | undefined;
  readonly children: ComponentChildren;
}

const Field = ({ label, mono = false, only, children }: FieldProps) => (
  <div>
    <dt>{label}</dt>
    <dd>
      <span class={mono ? "mono" : ""}>{children}</span>
      {only !== undefined && (
        <button type="button" class="quiet entry-only" aria-label={`Only these: ${label}`} onClick={only}>
          Only these
        </button>
      )}
    </dd>
  </div>
);
