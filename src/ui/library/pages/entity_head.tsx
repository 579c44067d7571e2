import { type Entity, ENTITY_VIEWS } from "../../entities/types.ts";
import { Icon } from "../../parts/icon.tsx";
import { Link } from "../../parts/link.tsx";
import type { EntityForm } from "../form/entity_form.ts";
import { listHref } from "./hrefs.ts";
import { statusFacts } from "./status_facts.ts";

export interface EntityHeadProps {
  readonly form: EntityForm;
  readonly entity: Entity | undefined;
  readonly isNew: boolean;
}

/** The way back, the name, and what the server tells. */
export function EntityHead({ form, entity, isNew }: EntityHeadProps) {
  const { label, plural, purpose } = ENTITY_VIEWS[form.type];
  const title = isNew ? `New ${label.toLowerCase()}` : entity?.name ?? label;
  return (
    <header class="entity-head">
      <p>
        <Link to={listHref(form.type)} class="back">
          <Icon name="back" /> {plural}
        </Link>
      </p>
      <h1>
        <span class="name">{title}</span>
      </h1>
      <p class="quiet-text">{entity === undefined ? purpose : statusFacts(form.status, entity).join(" · ")}</p>
    </header>
  );
}
