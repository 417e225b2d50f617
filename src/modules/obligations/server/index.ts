import type { ServerModule } from '#platform/http/server-module.ts'
import { obligationAttention } from './attention.ts'
import { exportObligationsUseCase, exportPartiesUseCase } from './obligation-report.ts'
import { obligationFindables, obligationRecord, partyRecord } from './records.ts'
import * as useCases from './use-cases.ts'

export const obligationsModule: ServerModule = {
  name: 'obligations',
  records: [obligationRecord, partyRecord],
  useCases: [...Object.values(useCases), exportObligationsUseCase, exportPartiesUseCase],
  findables: obligationFindables,
  attention: obligationAttention,
}
