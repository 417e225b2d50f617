/** Record types of this module as the ledger names them; the table is the snake_case form (`riskRunResult` → `risk_run_result`). */
export const recordTypes = {
  risk: 'risk',
  method: 'riskMethod',
  levelMap: 'riskLevelMap',
  run: 'riskRun',
  runMember: 'riskRunMember',
  runResult: 'riskRunResult',
  option: 'riskOption',
  action: 'riskAction',
  actionEvidence: 'riskActionEvidence',
  rescoring: 'riskRescoring',
  approval: 'riskApproval',
  signature: 'riskSignature',
  rise: 'riskRise',
  control: 'riskControl',
  asset: 'riskAsset',
  process: 'riskProcess',
  obligation: 'riskObligation',
  objective: 'riskObjective',
} as const

export type RiskRecordType = (typeof recordTypes)[keyof typeof recordTypes]
