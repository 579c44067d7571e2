/** An export under way, whichever way it is reached. */
export interface ExportSource {
  readonly bytes: ReadableStream<Uint8Array>;
  /** Rows that will come; null when nobody knows. */
  readonly total: number | null;
  /** What was sent, after its end; undefined when nobody can tell. */
  proof(): Promise<ExportProof | undefined>;
}

export interface ExportProof {
  readonly complete: boolean;
  readonly rows: number;
  readonly bytes: number;
  readonly sha256: string | null;
}

export interface OpenExport {
  /** Whether somebody looks at how far it is, so that counting is worth it. */
  readonly counted: boolean;
  readonly signal: AbortSignal;
}
