/** The roles a member of an organization can hold; one person may hold several. */
export const roles = [
  'administrator',
  'ismsManager',
  'owner',
  'contributor',
  'topManagement',
  'internalAuditor',
  'externalAuditor',
  'employee',
] as const

export type Role = (typeof roles)[number]
