/** A way to be a bad device. */
export type Misbehaviour =
  | { readonly kind: "none" }
  /** Connections are refused, open ones are cut, streams go nowhere, as if unplugged. */
  | { readonly kind: "offline" }
  /** Answers rightly, after `ms` milliseconds. */
  | { readonly kind: "slow"; readonly ms: number }
  /** Accepts, never answers. */
  | { readonly kind: "hang" }
  /** Streams a body without end. */
  | { readonly kind: "endless" }
  | { readonly kind: "html" }
  | { readonly kind: "redirect"; readonly to: string }
  /** The right fields, with values of other types. */
  | { readonly kind: "wrong_types" }
  /** 10 MB of JSON. */
  | { readonly kind: "huge" }
  | { readonly kind: "status"; readonly code: number }
  /** Not even HTTP. */
  | { readonly kind: "garbage" };
