import { FieldFrame } from "./field_frame.tsx";
import { type Bound, type PropsOf, useBound } from "./form_context.ts";
import { NumberInput } from "./number_input.tsx";

export function NumberControl(props: PropsOf<"number">) {
  const { field, shape, value } = props;
  const bound = useBound(props);
  return (
    <FieldFrame field={field} bound={bound}>
      <NumberInput
        bound={bound}
        value={value === undefined ? field.start : value}
        nullable={shape.nullable}
        step={shape.whole ? "1" : "any"}
        least={shape.least}
        most={shape.most}
        placeholder={shape.nullable ? "None" : ""}
      />
    </FieldFrame>
  );
}

/** A part of a whole: by hand with the slider, exactly in percent. */
export function ShareControl(props: PropsOf<"share">) {
  const { field, value } = props;
  const bound = useBound(props);
  const given = value === undefined ? field.start : value;
  const percent = typeof given === "number" ? Number((given * 100).toFixed(4)) : given;
  const inPercent: Bound = {
    ...bound,
    set: (next) => bound.set(typeof next === "number" ? Number((next / 100).toFixed(6)) : next),
  };
  return (
    <FieldFrame field={{ ...field, unit: "%" }} bound={bound}>
      <div class="share">
        <input
          type="range"
          min="0"
          max="100"
          aria-label={`${field.label}, slider`}
          value={typeof percent === "number" ? percent : 0}
          onInput={(event) => inPercent.set(event.currentTarget.valueAsNumber)}
        />
        <NumberInput
          bound={inPercent}
          value={percent}
          nullable={false}
          step="any"
          least={0}
          most={100}
          placeholder=""
        />
      </div>
    </FieldFrame>
  );
}
