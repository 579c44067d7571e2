import { changeSegments } from "./change_segments.ts";
import type { WledState } from "./state.ts";
import { type Fields, flagOr, isFields, numberOr, switchOr } from "./values.ts";

/**
 * `bri` 0 turns off and is not remembered, more than 0 turns on; `on` has the last word. A toggle together with a
 * brightness turns a dark light on, and not off again.
 */
function lightOf(state: WledState, fields: Fields) {
  const bri = numberOr(state.on ? state.bri : 0, fields["bri"]);
  const lit = bri > 0;
  const toggles = typeof fields["on"] === "string";
  const on = toggles && !state.on && lit ? true : switchOr(lit, fields["on"]);
  return { on, bri: lit ? bri : state.bri };
}

function nightlightOf(nl: WledState["nl"], value: unknown): WledState["nl"] {
  if (!isFields(value)) return nl;
  const on = flagOr(nl.on, value["on"]);
  const dur = numberOr(nl.dur, value["dur"], 1);
  const { mode, tbri } = { mode: numberOr(nl.mode, value["mode"], 0, 3), tbri: numberOr(nl.tbri, value["tbri"]) };
  return { on, dur, mode, tbri, rem: on ? dur * 60 : -1 };
}

const syncOf = (udpn: WledState["udpn"], value: unknown): WledState["udpn"] =>
  !isFields(value) ? udpn : {
    send: flagOr(udpn.send, value["send"]),
    recv: flagOr(udpn.recv, value["recv"]),
    sgrp: numberOr(udpn.sgrp, value["sgrp"]),
    rgrp: numberOr(udpn.rgrp, value["rgrp"]),
  };

/** What is seen: if this differs, the light no longer shows its preset. */
const lookOf = ({ on, bri, seg }: WledState): string => JSON.stringify([on, bri, seg]);

/** `pd` names the preset whose content this request is. */
function presetAfter(before: WledState, after: WledState, fields: Fields): number {
  const direct = fields["seg"] === undefined ? 0 : numberOr(0, fields["pd"], 0, 250);
  if (direct > 0) return direct;
  return lookOf(before) === lookOf(after) ? before.ps : -1;
}

/** The state after a partial one was applied; what is unknown or makes no sense is ignored. Presets are not loaded here. */
export function changeState(state: WledState, fields: Fields, ledCount: number): WledState {
  const after: WledState = {
    ...state,
    ...lightOf(state, fields),
    transition: numberOr(state.transition, fields["transition"], 0, 65535),
    nl: nightlightOf(state.nl, fields["nl"]),
    udpn: syncOf(state.udpn, fields["udpn"]),
    lor: numberOr(state.lor, fields["lor"], 0, 2),
    mainseg: numberOr(state.mainseg, fields["mainseg"], 0, state.seg.length - 1),
    seg: changeSegments(state.seg, fields["seg"], ledCount),
  };
  return { ...after, ps: presetAfter(state, after, fields) };
}
