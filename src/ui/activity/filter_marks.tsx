import { localTime } from "../base/format.ts";
import { ENTITY_VIEWS, isTypeName } from "../entities/types.ts";
import { Icon } from "../parts/icon.tsx";
import { useUi } from "../ui.ts";
import { type Filter, type FilterChange, PART_LABELS } from "./filter.ts";

export interface FilterMarksProps {
  readonly filter: Filter;
  readonly change: (part: FilterChange) => void;
}

/** What narrows the list beside the chips, each with a way to take it off. */
export function FilterMarks({ filter, change }: FilterMarksProps) {
  const { actionNames } = useUi();
  const { actions = [], actor, entityName, relatedTo, metadataKey: key, metadataValue: value, since, until } = filter;
  const without = (action: string) => change({ actions: actions.filter((each) => each !== action) });
  return (
    <>
      {actor !== undefined && (
        <Mark
          label={PART_LABELS.actor}
          text={actor}
          remove={() => change({ actor: undefined })}
        />
      )}
      {actions.map((action) => (
        <Mark
          key={action}
          label={PART_LABELS.actions}
          text={actionNames.labelOf(action)}
          remove={() => without(action)}
        />
      ))}
      <EntityMark filter={filter} change={change} />
      {relatedTo !== undefined && (
        <NamedMark
          label={PART_LABELS.related_to}
          type="device"
          id={relatedTo}
          remove={() => change({ relatedTo: undefined })}
        />
      )}
      {entityName !== undefined && (
        <Mark
          label="Named"
          text={entityName}
          remove={() => change({ entityName: undefined })}
        />
      )}
      {(key !== undefined || value !== undefined) && (
        <Mark
          label={key ?? "Any metadata"}
          text={value ?? "is there"}
          remove={() => change({ metadataKey: undefined, metadataValue: undefined })}
        />
      )}
      {since !== undefined && (
        <Mark
          label={PART_LABELS.since}
          text={localTime(since)}
          remove={() => change({ since: undefined })}
        />
      )}
      {until !== undefined && (
        <Mark
          label={PART_LABELS.until}
          text={localTime(until)}
          remove={() => change({ until: undefined })}
        />
      )}
    </>
  );
}

function EntityMark({ filter: { entityType: type, entityId: id }, change }: FilterMarksProps) {
  if (type === undefined && id === undefined) return null;
  const label = type === undefined ? "About" : isTypeName(type) ? ENTITY_VIEWS[type].label : type;
  const remove = () => change({ entityType: undefined, entityId: undefined });
  if (id === undefined) return <Mark label="About" text={label} remove={remove} />;
  return type !== undefined && isTypeName(type)
    ? <NamedMark label={label} type={type} id={id} remove={remove} />
    : <Mark label={label} text={id} remove={remove} />;
}

interface NamedMarkProps {
  readonly label: string;
  readonly type: Parameters<ReturnType<typeof useUi>["entities"]["list"]>[0];
  readonly id: string;
  readonly remove: () => void;
}

/** By its present name; by its id where it is gone. */
function NamedMark({ label, type, id, remove }: NamedMarkProps) {
  const { entities } = useUi();
  const known = entities.list(type).value.items?.find((item) => item.id === id);
  return <Mark label={label} text={known?.name ?? id} remove={remove} />;
}

interface MarkProps {
  readonly label: string;
  readonly text: string;
  readonly remove: () => void;
}

function Mark({ label, text, remove }: MarkProps) {
  return (
    <span class="log-mark">
      <span class="quiet-text">{label}</span>
      <span class="name cut" title={text}>{text}</span>
      <button type="button" class="quiet" aria-label={`Remove the filter ${label} ${text}`} onClick={remove}>
        <Icon name="close" />
      </button>
    </span>
  );
}
