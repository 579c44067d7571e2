export { logActions } from "./actions.ts";
export {
  type ActionDefinition,
  type ActionList,
  bindActions,
  defineAction,
  mergeActions,
  type Recording,
} from "./catalogue.ts";
export { CATEGORIES, type Category, SEVERITIES, type Severity } from "./categories.ts";
export { cleanText, NAME_LIMIT, TEXT_LIMIT } from "./clean.ts";
export { type AuditEngine, type AuditHealth, createAuditEngine } from "./engine.ts";
export type { Entry, StoredEntry } from "./entry.ts";
export type { FacetCount, Facets } from "./facets.ts";
export { entryTest, type Filter } from "./filter.ts";
export { type Exports, MOST_EXPORTS } from "./export.ts";
export type { Guard } from "./export_csv.ts";
export { EXPORT_FORMATS, type ExportFormat } from "./export_formats.ts";
export type { ExportProof, ExportRequest } from "./export_run.ts";
export { fold } from "./fold.ts";
export type { Bucket, Histogram } from "./histogram.ts";
export { seqOfEntryId } from "./ids.ts";
export type { Live, Sink } from "./live.ts";
export type { LogSettings, LogSettingsStore } from "./log_settings.ts";
export type { Page, PageRequest, Query } from "./query.ts";
export type { ChangeTx, EntryFields, Metadata, Recorder, Scalar } from "./recorder_types.ts";
export type { RecordingScope } from "./recorder.ts";
export type { Retention } from "./retention.ts";
export { appendRecorded, type RestoredLog, restoreLog } from "./restore.ts";
export { hasForeignEntry } from "./restore_sql.ts";
