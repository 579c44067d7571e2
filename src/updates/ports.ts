/** What the updates ask of the world; adapters live in `runtime/`. */

/** One answer, whose body is read as it comes. */
export interface ReleaseAnswer {
  readonly status: number;
  /** The header `location`. */
  readonly location: string | null;
  /** Bytes of the body, if the header tells. */
  readonly length: number | null;
  /** To be read once, or not at all. Rejects when the connection ends early or nothing comes any more. */
  readonly body: AsyncIterable<Uint8Array>;
  /** Lets go of the connection. */
  close(): void;
}

/** The way to where releases are. */
export interface ReleaseHttp {
  /** One GET; redirects are answers like others. Rejects when there is no answer, or the signal aborts. */
  get(url: URL, signal: AbortSignal): Promise<ReleaseAnswer>;
}

/** A new version's file beside the program while it is not yet in use. All of these reject with what the file system refuses. */
export interface NewFile {
  write(bytes: Uint8Array): Promise<void>;
  /** Makes it durable, and as the program's file is: mode and owner. */
  finish(): Promise<void>;
  /** SHA-256 of what is on the disk now, in hex. */
  digest(): Promise<string>;
  /** What the file says when it is asked for its version; undefined when it cannot be run, or fails. Never rejects. */
  says(signal: AbortSignal): Promise<string | undefined>;
  /** Removes it, however far it has come; does nothing once it is the program. Never rejects. */
  discard(): Promise<void>;
}

export interface UpdateSteps {
  readonly from: string;
  readonly to: string;
  /** The copy of the database that was made for this update, if one was: its absolute path. */
  readonly copy: string | null;
}

/** The file that this program runs from, and the note of an update on the way. */
export interface ProgramFile {
  /** The kind of machine, as releases name it: `linux-x64`. */
  readonly target: string;
  /** Why it cannot be replaced, as a sentence; null when it can. It tries. */
  obstacle(): string | null;
  /** What the present file says when it is asked for its version; undefined when it cannot be run, or fails. Never rejects. */
  says(signal: AbortSignal): Promise<string | undefined>;
  begin(): Promise<NewFile>;
  /** Notes the update, keeps the present file and puts the new one in its place. Rejects with everything as it was. */
  replace(file: NewFile, steps: UpdateSteps): Promise<void>;
  /** Takes the last `replace` back. Throws what the file system refuses. */
  takeBack(): void;
  /** The version that was tried before this one was put back; undefined when that has not happened. */
  undone(version: string): string | undefined;
  /** Removes the note of an update that this version is not the result of, and what a start of this kind may have left. */
  tidy(version: string): void;
}
