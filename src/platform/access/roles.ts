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

/** Whether access in these roles must end by itself: an external auditor's is limited to the audit it serves. */
export const needsExpiry = (roles: readonly string[]): boolean => roles.includes('externalAuditor')
