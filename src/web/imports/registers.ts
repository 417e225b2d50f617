/** Where the records of each register are looked at. */
export const registers = {
  people: { path: '/people', invalidates: ['person.'] },
  assets: { path: '/assets', invalidates: ['asset.'] },
  risks: { path: '/risks', invalidates: ['risk.', 'control.', 'method.'] },
  treatment: { path: '/risks', invalidates: ['risk.', 'control.'] },
  soa: { path: '/soa', invalidates: ['control.', 'soa.'] },
} as const
export type Register = keyof typeof registers
