/** Runs work once, a moment later, however often it is asked to meanwhile. */
export interface Frame {
  request(): void;
  cancel(): void;
}

export type CreateFrame = (work: () => void) => Frame;

/** Frames do not come to a page that nobody sees: then, and when one is long in coming, a timer has to do. */
const LATE_MS = 250;

/** Gathers what arrives in floods into one piece of work per drawn frame. */
export const createFrame: CreateFrame = (work) => {
  let frame: number | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const cancel = () => {
    if (frame !== undefined) cancelAnimationFrame(frame);
    clearTimeout(timer);
    frame = timer = undefined;
  };
  const run = () => {
    cancel();
    work();
  };
  return {
    request: () => {
      if (timer !== undefined) return;
      frame = requestAnimationFrame(run);
      timer = setTimeout(run, LATE_MS);
    },
    cancel,
  };
};
