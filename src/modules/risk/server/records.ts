import type { RecordRow } from '#kernel/change.ts'
import { linkType, recordType } from '#platform/ledger/record-type.ts'
import type { AuthoritySignature, RiskApproval } from '../domain/approval.ts'
import type { LevelMap } from '../domain/level-map.ts'
import type { RiskAsset, RiskObligation } from '../domain/links.ts'
import type { RiskMethod } from '../domain/method.ts'
import { recordTypes } from '../domain/record-types.ts'
import type { Rescoring } from '../domain/rescore-risk.ts'
import type { Risk } from '../domain/risk.ts'
import type { AssessmentRun, RunMember, RunResult } from '../domain/run.ts'
import type { RiskControl, RiskRise, TreatmentOption } from '../domain/treatment.ts'
import type { ActionEvidence, TreatmentAction } from '../domain/treatment-action.ts'

export const riskRecord = recordType<Risk>({
  type: recordTypes.risk,
  prefix: 'risk',
  refPrefix: 'R',
  owners: (risk) => [risk.ownerId],
  noun: 'risk',
  readAction: 'risk.read',
})

export const methodRecord = recordType<RiskMethod>({
  type: recordTypes.method,
  prefix: 'method',
  refPrefix: null,
  owners: () => [],
  noun: 'version of the risk method',
  readAction: 'method.read',
})

export const actionRecord = recordType<TreatmentAction>({
  type: recordTypes.action,
  prefix: 'action',
  refPrefix: 'T',
  owners: (action) => [action.ownerId],
  noun: 'treatment action',
  readAction: 'risk.read',
})

export const runRecord = recordType<AssessmentRun>({
  type: recordTypes.run,
  prefix: 'run',
  refPrefix: 'RA',
  owners: () => [],
  noun: 'assessment run',
  readAction: 'risk.read',
})

export const approvalRecord = recordType<RiskApproval>({
  type: recordTypes.approval,
  prefix: 'approval',
  refPrefix: null,
  owners: (approval) => [approval.personId],
  noun: 'approval',
})

const plain = <Row extends RecordRow>(type: string, noun: string) =>
  recordType<Row>({ type, prefix: type, refPrefix: null, owners: () => [], noun })

/** Every record type of this module. */
export const riskRecords = [
  riskRecord,
  methodRecord,
  actionRecord,
  runRecord,
  approvalRecord,
  plain<AuthoritySignature>(recordTypes.signature, 'signature'),
  plain<LevelMap>(recordTypes.levelMap, 'level map'),
  plain<RunMember>(recordTypes.runMember, 'risk of a run'),
  plain<RunResult>(recordTypes.runResult, 'result of a run'),
  plain<TreatmentOption>(recordTypes.option, 'treatment option'),
  plain<RiskRise>(recordTypes.rise, 'rise of a dimension'),
  plain<Rescoring>(recordTypes.rescoring, 'rescoring'),
  linkType<RiskControl>(recordTypes.control),
  linkType<RiskAsset>(recordTypes.asset),
  linkType<RiskObligation>(recordTypes.obligation),
  linkType<ActionEvidence>(recordTypes.actionEvidence),
]
