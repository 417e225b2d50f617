import type { ServerModule } from '#platform/http/server-module.ts'
import { placeableKinds } from '../domain/placeable.ts'
import { organizationAttention } from './attention.ts'
import * as boundary from './boundary.ts'
import * as profile from './profile.ts'
import {
  exclusionRecord,
  interfaceRecord,
  organizationFindables,
  placeableRecords,
  statementRecord,
} from './records.ts'
import * as scope from './scope-use-cases.ts'
import { placeableUseCases } from './structure.ts'
import { exportStructureUseCase } from './structure-report.ts'
import { organizationWaiting } from './waiting.ts'

/** Profile, units, sites, services, products, and the scope drawn through them. */
export const organizationModule: ServerModule = {
  name: 'organization',
  records: [...Object.values(placeableRecords), interfaceRecord, exclusionRecord, statementRecord],
  useCases: [
    ...Object.values(profile),
    ...placeableKinds.flatMap(placeableUseCases),
    exportStructureUseCase,
    ...Object.values(boundary),
    ...Object.values(scope),
  ],
  findables: organizationFindables,
  attention: organizationAttention,
  waiting: organizationWaiting,
}
