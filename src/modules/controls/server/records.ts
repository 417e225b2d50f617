import type { RecordRow } from '#kernel/change.ts'
import type { Id } from '#kernel/id.ts'
import type { ControlEvidence } from '#modules/evidence/domain/control-evidence.ts'
import { linkType, recordType } from '#platform/ledger/record-type.ts'
import type { Control } from '../domain/control.ts'
import type { SoaVersion } from '../domain/soa.ts'

export const controlRecord = recordType<Control>({
  type: 'control',
  prefix: 'control',
  refPrefix: 'C',
  owners: (control) => [control.ownerId],
  noun: 'control',
})

export const soaRecord = recordType<SoaVersion>({
  type: 'soa_version',
  prefix: 'soa',
  refPrefix: null,
  owners: () => [],
  noun: 'version of the statement',
})

export interface ControlObligation extends RecordRow {
  readonly controlId: Id<'control'>
  readonly obligationId: Id<'obligation'>
  readonly live: boolean
}
export const controlObligationRecord = linkType<ControlObligation>('control_obligation')

export const controlEvidenceRecord = linkType<ControlEvidence>('control_evidence')
