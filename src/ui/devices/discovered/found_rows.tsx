import { useMemo, useRef, useState } from "preact/hooks";
import { ago, localTime } from "../../base/format.ts";
import type { Discovered } from "../../base/messages.ts";
import { type Entity, entityHref } from "../../entities/types.ts";
import { Link } from "../../parts/link.tsx";
import { AddBar } from "./add_bar.tsx";
import type { Selection } from "../bulk/selection.ts";
import { SelectBox } from "../bulk/select_box.tsx";
import { Address } from "../address.tsx";
import { DEVICE_TYPES } from "../device.ts";
import { type FoundRow, steadyRows } from "./steady_rows.ts";
import type { Adopt } from "./use_adopt.ts";
import { useHeld } from "./use_held.ts";

export interface FoundRowsProps {
  readonly items: readonly Discovered[];
  /** Both left out for whoever may only look. */
  readonly adopt?: Adopt;
  readonly selection?: Selection;
}

/** A home is all in sight; hundreds are asked for, so that the devices beneath stay near. */
const FEW = 6;

/** What was found, a row each, and beneath them the way to add many. Nothing moves under whoever is at it. */
export function FoundRows({ items, adopt, selection }: FoundRowsProps) {
  const { held, root, handlers } = useHeld();
  const [all, setAll] = useState(false);
  const before = useRef<readonly FoundRow[]>([]);
  const rows = before.current = steadyRows(before.current, items, held.value);
  const shown = all ? rows : rows.slice(0, FEW);
  const order = useRef<readonly string[]>([]);
  order.current = shown.map(({ device }) => device.id);
  const toggle = useMemo(
    () => selection && ((id: string, range: boolean) => selection.toggle(id, order.current, range)),
    [selection],
  );
  // What it works with stays the same as long as the view.
  const add = useMemo(() => adopt && ((id: string) => adopt.add([id], [])), [adopt?.pending]);
  const several = rows.length > 1;
  return (
    <div class={`found-list${several && toggle !== undefined ? " found-choosable" : ""}`} ref={root} {...handlers}>
      <ul class="found-rows" aria-label="Found on the network">
        {shown.map((row) => (
          <Row
            key={row.device.id}
            row={row}
            selected={selection?.ids.value.has(row.device.id) === true}
            toggle={several ? toggle : undefined}
            pending={adopt?.pending.value.has(row.device.id) === true}
            added={adopt?.added.value.get(row.device.id)}
            add={add}
          />
        ))}
      </ul>
      {rows.length > FEW && (
        <button
          type="button"
          class="quiet found-more"
          aria-expanded={all}
          onClick={() => setAll(!all)}
        >
          {all ? "Show fewer" : `Show all ${rows.length}`}
        </button>
      )}
      {several && adopt && selection && <AddBar items={items} selection={selection} adopt={adopt} />}
    </div>
  );
}

interface RowProps {
  readonly row: FoundRow;
  readonly selected: boolean;
  /** Undefined where there is nothing to choose from. */
  readonly toggle: ((id: string, range: boolean) => void) | undefined;
  readonly pending: boolean;
  readonly added: Entity | undefined;
  /** Undefined for whoever may only look. */
  readonly add: ((id: string) => void) | undefined;
}

/** Drawn again only when something about it has changed. */
const Row = (props: RowProps) => useMemo(() => <DrawnRow {...props} />, Object.values(props));

function DrawnRow({ row: { device, gone }, selected, toggle, pending, added, add }: RowProps) {
  const { id, name, device_type, url, first_seen_at } = device;
  return (
    <li class={gone && added === undefined ? "found-row found-gone" : "found-row"}>
      {toggle !== undefined && added === undefined && !gone && (
        <SelectBox
          label={`Select ${name}`}
          checked={selected}
          toggle={(range) => toggle(id, range)}
        />
      )}
      <span class="found-name name cut" title={name}>{name}</span>
      <span class="found-url name cut mono quiet-text" title={url}>
        <Address url={url} />
      </span>
      <span class="found-facts quiet-text">
        <span class="found-type">{DEVICE_TYPES[device_type].label}</span>
        <span>
          <span class="found-word">found</span>{" "}
          <time dateTime={first_seen_at} title={localTime(first_seen_at)}>{ago(first_seen_at)}</time>
        </span>
      </span>
      <span class="found-action">
        <Action {...{ device, gone, pending, added, add }} />
      </span>
    </li>
  );
}

interface ActionProps extends Pick<RowProps, "pending" | "added" | "add"> {
  readonly device: Discovered;
  readonly gone: boolean;
}

/** The same id all the time: the focus stays with what the button has become. */
function Action({ device: { id, name }, gone, pending, added, add }: ActionProps) {
  if (added !== undefined) {
    return <Link to={entityHref("device", added.id)} id={`add-${id}`} label={`Open ${added.name}`}>Added: open</Link>;
  }
  if (gone) return <span class="quiet-text">Gone</span>;
  if (add === undefined) return null;
  return (
    <button
      type="button"
      id={`add-${id}`}
      aria-label={`${pending ? "Adding" : "Add"} ${name}`}
      aria-disabled={pending}
      onClick={() => pending || add(id)}
    >
      {pending ? "Adding…" : "Add"}
    </button>
  );
}
