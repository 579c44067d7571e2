import { report } from "../../base/report.ts";
import { type Entity, ENTITY_VIEWS, entityHref, type EntityTypeName } from "../../entities/types.ts";
import { Icon } from "../../parts/icon.tsx";
import { Link } from "../../parts/link.tsx";
import { Empty, Failed, Skeleton } from "../../parts/states.tsx";
import { useLack } from "../../parts/use_role.ts";
import { useUi } from "../../ui.ts";
import { GradientStrip } from "../gradient/gradient_strip.tsx";
import { matches, type Search } from "../search.ts";
import { summaryOf } from "../summary.ts";
import { useNames } from "../use_names.ts";
import { newHref } from "./hrefs.ts";

export interface EntityListProps {
  readonly type: EntityTypeName;
  readonly search: Search;
}

/** Entities of a type by name, each with what tells it from the others. */
export function EntityList({ type, search }: EntityListProps) {
  const { entities } = useUi();
  const nameOf = useNames(type);
  const { items, problem } = entities.list(type).value;
  const { plural, label, purpose } = ENTITY_VIEWS[type];
  const reload = () => void entities.reload(type).catch(report);
  const what = `load the ${plural.toLowerCase()}`;
  if (items === undefined) {
    return problem === undefined ? <Skeleton /> : <Failed what={what} problem={problem} retry={reload} />;
  }
  const found = items.filter((item) => matches(item, search));
  return (
    <>
      {problem !== undefined && (
        <Failed what={`${what} again; this is how they were`} problem={problem} retry={reload} />
      )}
      {items.length === 0 && (
        <Empty title={`No ${plural.toLowerCase()} yet`}>
          <p>{purpose}</p>
          <p class="actions">
            <AddButton type={type} label={`Add the first ${label.toLowerCase()}`} />
          </p>
        </Empty>
      )}
      {items.length > 0 && found.length === 0 && (
        <Empty title={`None of ${items.length} ${plural.toLowerCase()} is like that`} />
      )}
      <ul class="entity-rows">
        {found.map((entity) => (
          <EntityRow key={entity.id} type={type} entity={entity} summary={summaryOf(type, entity, nameOf)} />
        ))}
      </ul>
    </>
  );
}

interface EntityRowProps {
  readonly type: EntityTypeName;
  readonly entity: Entity;
  readonly summary: string;
}

function EntityRow({ type, entity, summary }: EntityRowProps) {
  return (
    <li class="entity-row">
      <Link to={entityHref(type, entity.id)} class="entity-link">
        <span class="name cut" title={entity.name}>{entity.name}</span>
        <span class="quiet-text cut" title={summary}>{summary}</span>
      </Link>
      {type === "gradient" && <GradientStrip gradient={entity} small />}
      <span class="tags cut">
        {entity.tags.map((tag) => <span key={tag} class="tag name">{tag}</span>)}
      </span>
    </li>
  );
}

/** The way to a new one, for whoever may make one. */
export function AddButton({ type, label }: { readonly type: EntityTypeName; readonly label?: string }) {
  const lack = useLack("operator");
  if (lack !== undefined) return null;
  const text = label ?? `Add ${ENTITY_VIEWS[type].label.toLowerCase()}`;
  return (
    <Link to={newHref(type)} class="button">
      <Icon name="plus" /> {text}
    </Link>
  );
}
