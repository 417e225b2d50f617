import type { ImportRun } from './records.ts'
import type { Upload } from './uploads.ts'

/** A confirmed import as the API shows it. */
export const runView = (run: ImportRun) => ({
  id: run.id,
  ref: run.ref,
  register: run.register,
  fileName: run.fileName,
  sha256: run.sha256,
  status: run.status,
  counts: { ...run.counts },
  progress: null,
  importedAt: run.importedAt,
  importedBy: run.importedBy,
  undoneAt: run.undoneAt,
  undoneBy: run.undoneBy,
  can: { undo: run.status === 'confirmed' },
})

/** A file that is not confirmed yet, with how far its confirmation is. */
export const pendingView = ({ id, register, fileName, sha256, done, total }: Upload) => ({
  id,
  ref: null,
  register,
  fileName,
  sha256,
  status: total === null ? ('uploaded' as const) : ('confirming' as const),
  counts: null,
  progress: done === null || total === null ? null : { done, total },
  importedAt: null,
  importedBy: null,
  undoneAt: null,
  undoneBy: null,
  can: { undo: false },
})
