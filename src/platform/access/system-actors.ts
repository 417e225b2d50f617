/** The names under which the ledger keeps what no person did; stored, so they are never renamed. */
export const systemNames = ['command line', 'demo', 'set-up'] as const
export type SystemName = (typeof systemNames)[number]

/** The operator of an installation at its command line: whoever may run it owns the data. */
export const commandLine = {
  kind: 'system',
  id: null,
  name: 'command line',
  personId: null,
  roles: [],
} as const satisfies { name: SystemName } & Record<string, unknown>
