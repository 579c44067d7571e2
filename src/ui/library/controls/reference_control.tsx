import { type Entity, ENTITY_VIEWS, entityHref } from "../../entities/types.ts";
import { Link } from "../../parts/link.tsx";
import { useUi } from "../../ui.ts";
import { fitsReference } from "../form/references.ts";
import { FieldFrame } from "./field_frame.tsx";
import { type PropsOf, useBound, useForm } from "./form_context.ts";

/** Another entity, chosen by its name. */
export function ReferenceControl(props: PropsOf<"reference">) {
  const { field, shape, value } = props;
  const { entities } = useUi();
  const { type: own } = useForm();
  const bound = useBound(props);
  const id = typeof value === "string" ? value : "";
  const all = entities.list(shape.type).value.items;
  const options = (all ?? []).filter((one) => one.id === id || fitsReference(own, field.name, one));
  const chosen = options.find((one) => one.id === id);
  return (
    <FieldFrame field={field} bound={bound}>
      <div class="reference">
        <select
          id={bound.id}
          aria-invalid={bound.problem !== undefined}
          aria-describedby={bound.describedBy}
          onChange={(event) => bound.set(event.currentTarget.value === "" ? null : event.currentTarget.value)}
        >
          <option value="" selected={id === ""}>None</option>
          {id !== "" && chosen === undefined && <option value={id} selected>{all ? `Gone (${id})` : "…"}</option>}
          {options.map((one) => <option key={one.id} value={one.id} selected={one.id === id}>{one.name}</option>)}
        </select>
        <Chosen entity={chosen} type={shape.type} empty={all !== undefined && options.length === 0} />
      </div>
    </FieldFrame>
  );
}

interface ChosenProps {
  readonly entity: Entity | undefined;
  readonly type: keyof typeof ENTITY_VIEWS;
  readonly empty: boolean;
}

/** The way to what is chosen, or to make what there is none of. */
function Chosen({ entity, type, empty }: ChosenProps) {
  const { label, path } = ENTITY_VIEWS[type];
  if (entity !== undefined) {
    return <Link to={entityHref(type, entity.id)} class="button quiet" label={`Open ${entity.name}`}>Open</Link>;
  }
  if (!empty) return null;
  return <Link to={type === "device" ? "/devices" : `/library/${path}/new`}>{`Add a ${label.toLowerCase()}`}</Link>;
}
