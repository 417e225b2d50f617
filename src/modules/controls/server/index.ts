import type { ServerModule } from '#platform/http/server-module.ts'
import * as attaching from './attach-use-cases.ts'
import { controlAttention } from './attention.ts'
import * as control from './control-use-cases.ts'
import { exportSoaUseCase } from './export-soa.ts'
import {
  controlEvidenceRecord,
  controlFindables,
  controlObligationRecord,
  controlRecord,
  soaRecord,
} from './records.ts'
import {
  issueSoaUseCase,
  listStatementsUseCase,
  proposeSoaUseCase,
  redlineUseCase,
  showStatementUseCase,
  soaGapsUseCase,
  withdrawSoaUseCase,
} from './soa-use-cases.ts'
import { controlWaiting } from './waiting.ts'

export const controlsModule: ServerModule = {
  name: 'controls',
  records: [controlRecord, soaRecord, controlObligationRecord, controlEvidenceRecord],
  useCases: [
    ...Object.values(control),
    ...Object.values(attaching),
    listStatementsUseCase,
    soaGapsUseCase,
    showStatementUseCase,
    redlineUseCase,
    proposeSoaUseCase,
    issueSoaUseCase,
    withdrawSoaUseCase,
    exportSoaUseCase,
  ],
  findables: controlFindables,
  attention: controlAttention,
  waiting: controlWaiting,
}
