import type { RecordRow } from '#kernel/change.ts'
import type { OwnershipSource } from '#modules/people/server/ownership.ts'
import { type FieldKinds, record } from '#platform/ledger/field-kind.ts'
import { linkType, type RecordType, recordType } from '#platform/ledger/record-type.ts'
import type { Findable } from '#platform/search/findable.ts'
import type { AuthoritySignature, RiskApproval } from '../domain/approval.ts'
import type { LevelMap } from '../domain/level-map.ts'
import type { RiskAsset, RiskObligation } from '../domain/links.ts'
import type { RiskMethod } from '../domain/method.ts'
import { recordTypes } from '../domain/record-types.ts'
import type { Rescoring } from '../domain/rescore-risk.ts'
import type { Risk } from '../domain/risk.ts'
import type { AssessmentRun, RunMember, RunResult } from '../domain/run.ts'
import type { RiskControl, RiskRise, TreatmentOption } from '../domain/treatment.ts'
import type { ActionControl, ActionEvidence, TreatmentAction } from '../domain/treatment-action.ts'
import * as fields from './record-fields.ts'

const ofRisk = [{ type: recordTypes.risk, column: 'risk_id' }] as const

export const riskRecord = recordType<Risk>({
  type: recordTypes.risk,
  prefix: 'risk',
  refPrefix: 'R',
  owners: (risk) => [risk.ownerId],
  noun: 'risk',
  readAction: 'risk.read',
  fields: fields.riskFields,
})

export const methodRecord = recordType<RiskMethod>({
  type: recordTypes.method,
  prefix: 'method',
  refPrefix: null,
  owners: () => [],
  noun: 'version of the risk method',
  readAction: 'method.read',
  fields: fields.methodFields,
})

export const actionRecord = recordType<TreatmentAction>({
  type: recordTypes.action,
  prefix: 'action',
  refPrefix: 'T',
  owners: (action) => [action.ownerId],
  noun: 'treatment action',
  readAction: 'risk.read',
  partOf: ofRisk,
  fields: fields.actionFields,
})

export const runRecord = recordType<AssessmentRun>({
  type: recordTypes.run,
  prefix: 'run',
  refPrefix: 'RA',
  owners: () => [],
  noun: 'assessment run',
  readAction: 'risk.read',
  fields: fields.runFields,
})

export const approvalRecord = recordType<RiskApproval>({
  type: recordTypes.approval,
  prefix: 'approval',
  refPrefix: null,
  owners: (approval) => [approval.personId],
  noun: 'approval',
  readAction: 'risk.read',
  partOf: ofRisk,
  fields: fields.approvalFields,
})

type Parts = NonNullable<RecordType['partOf']>

const plain = <Row extends RecordRow>(
  type: string,
  noun: string,
  more: Pick<RecordType<Row>, 'partOf' | 'fields' | 'readAction' | 'headline'>,
) => recordType<Row>({ type, prefix: type, refPrefix: null, owners: () => [], noun, readAction: 'risk.read', ...more })

const ofRun: Parts = [...ofRisk, { type: recordTypes.run, column: 'run_id' }]
const link = <Row extends RecordRow & { readonly live: boolean }>(
  type: string,
  column: string,
  more: Omit<FieldKinds<Row>, 'live'>,
) => ({ readAction: 'risk.read', partOf: [...ofRisk, { type, column }], fields: more })

/** Every record type of this module. */
export const riskRecords = [
  riskRecord,
  methodRecord,
  actionRecord,
  runRecord,
  approvalRecord,
  plain<AuthoritySignature>(recordTypes.signature, 'signature', {
    partOf: [{ type: recordTypes.approval, column: 'approval_id' }],
    fields: fields.signatureFields,
    headline: 'role',
  }),
  plain<LevelMap>(recordTypes.levelMap, 'level map', {
    partOf: [
      { type: recordTypes.method, column: 'from_method_id' },
      { type: recordTypes.method, column: 'to_method_id' },
    ],
    fields: fields.levelMapFields,
    readAction: 'method.read',
  }),
  plain<RunMember>(recordTypes.runMember, 'risk of a run', { partOf: ofRun, fields: fields.runMemberFields }),
  plain<RunResult>(recordTypes.runResult, 'result of a run', { partOf: ofRun, fields: fields.runResultFields }),
  plain<TreatmentOption>(recordTypes.option, 'treatment option', {
    partOf: ofRisk,
    fields: fields.optionFields,
    headline: 'kind',
  }),
  plain<RiskRise>(recordTypes.rise, 'rise of a dimension', { partOf: ofRisk, fields: fields.riseFields }),
  plain<Rescoring>(recordTypes.rescoring, 'rescoring', {
    partOf: ofRisk,
    fields: fields.rescoringFields,
    headline: 'variance',
  }),
  linkType<RiskControl>(recordTypes.control, link('control', 'control_id', fields.controlFields)),
  linkType<RiskAsset>(
    recordTypes.asset,
    link('asset', 'asset_id', { riskId: record('risk'), assetId: record('asset') }),
  ),
  linkType<RiskObligation>(
    recordTypes.obligation,
    link('obligation', 'obligation_id', { riskId: record('risk'), obligationId: record('obligation') }),
  ),
  linkType<ActionControl>(recordTypes.actionControl, {
    readAction: 'risk.read',
    partOf: [
      { type: recordTypes.action, column: 'action_id' },
      { type: 'control', column: 'control_id' },
    ],
    fields: fields.actionControlFields,
  }),
  linkType<ActionEvidence>(recordTypes.actionEvidence, {
    readAction: 'risk.read',
    partOf: [
      { type: recordTypes.action, column: 'action_id' },
      { type: 'artefact', column: 'artefact_id' },
    ],
    fields: fields.actionEvidenceFields,
  }),
]

export const riskFindables: readonly Findable[] = [
  {
    record: riskRecord,
    path: '/risks',
    sql: `select id, ref, title, concat_ws(' ', scenario, threat, vulnerability, category) as more,
            withdrawn_at is null as live from risk where org_id = $1`,
  },
  {
    record: actionRecord,
    path: '/actions',
    sql: `select id, ref, title, description as more, status <> 'cancelled' as live from risk_action where org_id = $1`,
  },
  {
    record: runRecord,
    path: '/runs',
    sql: `select id, ref, name as title, trigger as more, status <> 'cancelled' as live from risk_run where org_id = $1`,
  },
  {
    record: methodRecord,
    path: '/methods',
    sql: `select id, null as ref, name as title, '' as more, withdrawn_at is null as live from risk_method
          where org_id = $1`,
  },
]

export const riskOwnership: readonly OwnershipSource[] = [
  {
    type: riskRecord.type,
    prefix: riskRecord.prefix,
    readAction: 'risk.read',
    duty: 'owner',
    path: '/risks',
    sql: `select id, ref, title from risk
          where org_id = $1 and owner_id = $2 and withdrawn_at is null and closed_at is null`,
  },
  {
    type: actionRecord.type,
    prefix: actionRecord.prefix,
    readAction: 'risk.read',
    duty: 'owner',
    path: '/actions',
    sql: `select id, ref, title from risk_action
          where org_id = $1 and owner_id = $2 and status = any(array['planned', 'inProgress'])`,
  },
]
