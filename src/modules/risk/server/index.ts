import type { ServerModule } from '#platform/http/server-module.ts'
import * as actions from './action-use-cases.ts'
import * as approvals from './approval-use-cases.ts'
import { riskAttention } from './attention.ts'
import { listControlChoicesUseCase } from './control-choices.ts'
import { exportPlanUseCase, exportRegisterUseCase } from './export-use-cases.ts'
import * as methods from './method-use-cases.ts'
import { riskFindables, riskRecords } from './records.ts'
import {
  assessRiskUseCase,
  changeRiskUseCase,
  endActivityUseCase,
  listRisksUseCase,
  planTreatmentUseCase,
  recordRiskUseCase,
  reopenRiskUseCase,
  rescoreRiskUseCase,
  showRiskUseCase,
  withdrawRiskUseCase,
} from './risk-use-cases.ts'
import * as runs from './run-use-cases.ts'
import { riskSummaryUseCase } from './summary.ts'
import { riskWaiting } from './waiting.ts'

export const riskModule: ServerModule = {
  name: 'risk',
  records: riskRecords,
  useCases: [
    listRisksUseCase,
    riskSummaryUseCase,
    showRiskUseCase,
    recordRiskUseCase,
    changeRiskUseCase,
    assessRiskUseCase,
    planTreatmentUseCase,
    rescoreRiskUseCase,
    endActivityUseCase,
    withdrawRiskUseCase,
    reopenRiskUseCase,
    exportRegisterUseCase,
    listControlChoicesUseCase,
    exportPlanUseCase,
    ...Object.values(approvals),
    ...Object.values(actions),
    ...Object.values(methods),
    ...Object.values(runs),
  ],
  findables: riskFindables,
  attention: riskAttention,
  waiting: riskWaiting,
}
