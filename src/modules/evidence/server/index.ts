import type { ServerModule } from '#platform/http/server-module.ts'
import { exportEvidenceUseCase } from './evidence-report.ts'
import { artefactRecord, evidenceFindables } from './records.ts'
import {
  captureEvidenceUseCase,
  downloadEvidenceUseCase,
  type EvidenceServices,
  uploadEvidenceUseCase,
} from './upload-use-cases.ts'
import {
  addEvidenceUseCase,
  changeEvidenceUseCase,
  concludeEvidenceUseCase,
  listEvidenceUseCase,
  showEvidenceUseCase,
  withdrawEvidenceUseCase,
} from './use-cases.ts'

export type { EvidenceServices }

export const evidenceModule: ServerModule<EvidenceServices> = {
  name: 'evidence',
  records: [artefactRecord],
  useCases: [
    listEvidenceUseCase,
    exportEvidenceUseCase,
    showEvidenceUseCase,
    addEvidenceUseCase,
    uploadEvidenceUseCase,
    captureEvidenceUseCase,
    changeEvidenceUseCase,
    concludeEvidenceUseCase,
    withdrawEvidenceUseCase,
    downloadEvidenceUseCase,
  ],
  findables: evidenceFindables,
}
