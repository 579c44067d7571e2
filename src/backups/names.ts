export type BackupKind = "manual" | "automatic" | "uploaded" | "safety";

const KINDS: Readonly<Record<BackupKind, true>> = { manual: true, automatic: true, uploaded: true, safety: true };
// Object.keys forgets the type of a closed Record; this restores it.
export const BACKUP_KINDS = Object.keys(KINDS) as readonly BackupKind[];

export interface BackupName {
  readonly filename: string;
  readonly kind: BackupKind;
  /** Milliseconds since 1970, UTC. */
  readonly createdAt: number;
  /** False for a database as it is, true for one inside a gzip file. */
  readonly packed: boolean;
}

const NAME =
  /^lumenlog-(\d{4})(\d{2})(\d{2})-(\d{2})(\d{2})(\d{2})-(\d{3})-(manual|automatic|uploaded|safety)\.db(\.gz)?$/;

/** Undefined for what is no name of ours: such a file is never listed, read or removed. */
export function parseName(filename: string): BackupName | undefined {
  const [, year, month, day, hour, minute, second, ms, kind = "", packed] = NAME.exec(filename) ?? [];
  const createdAt = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}.${ms}Z`);
  if (!isKind(kind) || Number.isNaN(createdAt)) return undefined;
  const name = nameOf(kind, createdAt, packed !== undefined);
  return name.filename === filename ? name : undefined; // the 31st of February is another day
}

/** `lumenlog-20261122-171815-042-manual.db.gz`, in UTC. */
export function nameOf(kind: BackupKind, createdAt: number, packed: boolean): BackupName {
  const [day = "", time = "", ms = ""] = new Date(createdAt).toISOString().replaceAll(/[-:Z]/g, "").split(/[T.]/);
  return { filename: `lumenlog-${day}-${time}-${ms}-${kind}.db${packed ? ".gz" : ""}`, kind, createdAt, packed };
}

const isKind = (text: string): text is BackupKind => Object.hasOwn(KINDS, text);
