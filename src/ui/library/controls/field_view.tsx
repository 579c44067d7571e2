import { useMemo } from "preact/hooks";
import { pathText } from "../form/paths.ts";
import { ChoiceControl, ChoicesControl, FlagControl } from "./choice_control.tsx";
import { ColorControl } from "./color_control.tsx";
import type { ControlProps } from "./form_context.ts";
import { GroupControl, VariantsControl } from "./group_control.tsx";
import { JsonControl } from "./json_control.tsx";
import { ListControl } from "./list_control.tsx";
import { NumberControl, ShareControl } from "./number_control.tsx";
import { ReferenceControl } from "./reference_control.tsx";
import { SecretControl } from "./secret_control.tsx";
import { StopsControl } from "./stops_control.tsx";
import { TextControl, TimeControl } from "./text_control.tsx";
import { WordsControl } from "./words_control.tsx";

/** The control for a field. It is drawn again only when something of it changed. */
export function FieldView(props: ControlProps) {
  const { field, shape, steps, value } = props;
  return useMemo(() => viewOf(props), [field.name, field.label, shape, value, pathText(steps)]);
}

function viewOf({ shape, ...rest }: ControlProps) {
  switch (shape.control) {
    case "text":
      return <TextControl shape={shape} {...rest} />;
    case "time":
      return <TimeControl shape={shape} {...rest} />;
    case "color":
      return <ColorControl shape={shape} {...rest} />;
    case "number":
      return <NumberControl shape={shape} {...rest} />;
    case "share":
      return <ShareControl shape={shape} {...rest} />;
    case "flag":
      return <FlagControl shape={shape} {...rest} />;
    case "choice":
      return <ChoiceControl shape={shape} {...rest} />;
    case "choices":
      return <ChoicesControl shape={shape} {...rest} />;
    case "reference":
      return <ReferenceControl shape={shape} {...rest} />;
    case "words":
      return <WordsControl shape={shape} {...rest} />;
    case "list":
      return rest.field.name === "stops"
        ? <StopsControl shape={shape} {...rest} />
        : <ListControl shape={shape} {...rest} />;
    case "group":
      return <GroupControl shape={shape} {...rest} />;
    case "variants":
      return <VariantsControl shape={shape} {...rest} />;
    case "secret":
      return <SecretControl shape={shape} {...rest} />;
    case "json":
      return <JsonControl shape={shape} {...rest} />;
  }
}
