const NAME = "lumenlog.welcome";

/** Whether this browser was welcomed already. A storage that refuses to work asks again, once for each page. */
export interface FirstRun {
  isDone(): boolean;
  done(): void;
}

export function createFirstRun(storage: () => Storage): FirstRun {
  let isDone = false;
  return {
    isDone: () => {
      try {
        return isDone || storage().getItem(NAME) !== null;
      } catch {
        return isDone;
      }
    },
    done: () => {
      isDone = true;
      try {
        storage().setItem(NAME, "done");
      } catch {
        return; // known as long as the page lives
      }
    },
  };
}
