import type { Entry } from "../../audit/mod.ts";
import { Link } from "../parts/link.tsx";
import type { Part } from "./parts.ts";
import { followsClose, hrefOf, sentenceOf } from "./sentence.ts";

export interface SentenceProps {
  readonly entry: Entry;
  /** Whether its links are stops of the Tab key; default true. */
  readonly stops?: boolean;
}

/** The entry in words, with a link to what it is about. */
export function Sentence({ entry, stops = true }: SentenceProps) {
  return (
    <>
      {sentenceOf(entry).map((part, index) => (
        <span key={index} class="said">
          {followsClose(part) ? "" : " "}
          <PartView part={part} stops={stops} />
        </span>
      ))}
    </>
  );
}

function PartView({ part, stops }: { readonly part: Part; readonly stops: boolean }) {
  switch (part.kind) {
    case "text":
      return <>{part.text}</>;
    case "actor":
      return <strong class="name">{part.name}</strong>;
    case "value":
      return <span class="name">{part.text}</span>;
    case "note":
      return <span class="name quiet-text">{part.text}</span>;
    case "color":
      return <ColorMark hex={part.hex} />;
    case "entity":
      return <EntityName part={part} stops={stops} />;
  }
}

function EntityName({ part, stops }: { readonly part: Extract<Part, { kind: "entity" }>; readonly stops: boolean }) {
  const to = hrefOf(part.type, part.id);
  if (to === undefined) return <strong class="name">{part.name}</strong>;
  return <Link to={to} class="name" {...(stops ? {} : { tabIndex: -1 })}>{part.name}</Link>;
}

const HEX = /^#[0-9a-f]{6}$/i;

/** The colour itself, small, beside its name. */
function ColorMark({ hex }: { readonly hex: string }) {
  return (
    <span class="color-mark">
      {HEX.test(hex) && <span class="color-swatch" style={{ background: hex }} aria-hidden="true" />}
      <span class="name">{hex}</span>
    </span>
  );
}
