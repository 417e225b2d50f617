import type { ServerModule } from '#platform/http/server-module.ts'
import type { ImportTarget } from './import-target.ts'
import { importFindables, importRecord, mappingRecord } from './records.ts'
import { importUseCases } from './use-cases.ts'

/** Imports into the given registers. `app` says which there are. */
export const importModule = (targets: readonly ImportTarget[]): ServerModule => ({
  name: 'imports',
  records: [importRecord, mappingRecord],
  useCases: targets.flatMap((target) => importUseCases(target, targets)),
  findables: importFindables,
})
