import type { ServerModule } from '#platform/http/server-module.ts'
import type { ImportTarget } from './import-target.ts'
import { importFindables, importRecord, mappingRecord } from './records.ts'
import type { ImportServices } from './uploads.ts'
import { importUseCases } from './use-cases.ts'

export type { ImportServices }

/** Imports into the given registers. `app` says which there are. */
export const importModule = (targets: readonly ImportTarget[]): ServerModule<ImportServices> => ({
  name: 'imports',
  records: [importRecord, mappingRecord],
  useCases: targets.flatMap((target) => importUseCases(target, targets)),
  findables: importFindables,
})
