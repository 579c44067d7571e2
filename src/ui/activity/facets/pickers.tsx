import { useEffect } from "preact/hooks";
import { report } from "../../base/report.ts";
import { ENTITY_VIEWS, isTypeName } from "../../entities/types.ts";
import { useUi } from "../../ui.ts";
import type { Filter, FilterChange } from "../filter.ts";
import type { Facets } from "./facets.ts";
import { Picker } from "./picker.tsx";

export interface PickersProps {
  readonly filter: Filter;
  readonly facets: Facets | undefined;
  /** Whether the counts are of this filter. */
  readonly fresh: boolean;
  readonly change: (change: FilterChange) => void;
}

/** Who, about what, and what was done. */
export function Pickers({ filter, facets, fresh, change }: PickersProps) {
  const { actionNames } = useUi();
  useEffect(() => void actionNames.load().catch(report), []);
  const { actor, entityType, actions = [] } = filter;
  return (
    <>
      <Picker
        label="Actor"
        any="Any actor"
        chosen={actor === undefined ? [] : [actor]}
        tallies={facets?.tallies.actors}
        fresh={fresh}
        words={(value) => value}
        choose={(value) => change({ actor: value })}
      />
      <Picker
        label="Type of entity"
        any="Any type"
        chosen={entityType === undefined ? [] : [entityType]}
        tallies={facets?.tallies.entity_types}
        fresh={fresh}
        words={(value) => isTypeName(value) ? ENTITY_VIEWS[value].label : value}
        choose={(value) => change({ entityType: value, entityId: undefined })}
      />
      <Picker
        label="Action"
        any="Any action"
        chosen={actions}
        tallies={facets?.tallies.actions}
        fresh={fresh}
        words={actionNames.labelOf}
        choose={(value) => change({ actions: value === undefined ? [] : [value] })}
      />
    </>
  );
}
