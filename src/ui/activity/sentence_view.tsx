import type { Entry } from "../../audit/mod.ts";
import { Link } from "../parts/link.tsx";
import type { Part } from "./parts.ts";
import { followsClose, hrefOf, sentenceOf } from "./sentence.ts";

export interface SentenceProps {
  readonly entry: Entry;
  /** Whether its links are stops of the Tab key; default true. */
  readonly stops?: boolean;
  /** Where the name of the actor leads; nowhere when left out. */
  readonly by?: ((actor: string) => string) | undefined;
}

/** The entry in words, with a link to what it is about. */
export function Sentence({ entry, stops = true, by }: SentenceProps) {
  return (
    <>
      {sentenceOf(entry).map((part, index) => (
        <span key={index} class="said">
          {followsClose(part) ? "" : " "}
          <PartView part={part} stops={stops} by={by} />
        </span>
      ))}
    </>
  );
}

type PartProps = Required<Pick<SentenceProps, "stops">> & Pick<SentenceProps, "by"> & { readonly part: Part };

function PartView({ part, stops, by }: PartProps) {
  switch (part.kind) {
    case "text":
      return <>{part.text}</>;
    case "actor":
      return <Actor name={part.name} to={by?.(part.name)} stops={stops} />;
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

interface ActorProps {
  readonly name: string;
  readonly to: string | undefined;
  readonly stops: boolean;
}

function Actor({ name, to, stops }: ActorProps) {
  if (to === undefined) return <strong class="name">{name}</strong>;
  return <Link to={to} class="name actor-link" {...(stops ? {} : { tabIndex: -1 })}>{name}</Link>;
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
