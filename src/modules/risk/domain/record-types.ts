/** Record types of this module as the ledger names them: the names of their tables. */
export const recordTypes = {
  risk: 'risk',
  method: 'risk_method',
  levelMap: 'risk_level_map',
  run: 'risk_run',
  runMember: 'risk_run_member',
  runResult: 'risk_run_result',
  option: 'risk_option',
  action: 'risk_action',
  actionEvidence: 'risk_action_evidence',
  rescoring: 'risk_rescoring',
  approval: 'risk_approval',
  signature: 'risk_signature',
  rise: 'risk_rise',
  control: 'risk_control',
  asset: 'risk_asset',
  process: 'risk_process',
  obligation: 'risk_obligation',
  objective: 'risk_objective',
} as const

export type RiskRecordType = (typeof recordTypes)[keyof typeof recordTypes]
