import type { z } from 'zod'
import { changed, defined } from '#kernel/change.ts'
import { type Can, useCase } from '#platform/http/use-case.ts'
import { type Organization, organizationRecord } from '#platform/identity/records.ts'
import { organization, type profileView } from '../contract.ts'

export const showProfileUseCase = useCase(organization.profile, async ({ tx, can }) =>
  profileOf(await tx.get(organizationRecord, tx.org.id), can),
)

export const changeProfileUseCase = useCase(
  organization.changeProfile,
  async ({ tx, permission, body, version, can }) => {
    const { row, grant } = await tx.lock(permission, organizationRecord, tx.org.id, version)
    await tx.commit(grant, changed('organization', row, defined(body), 'organization.changed'))
    return profileOf(await tx.get(organizationRecord, tx.org.id), can)
  },
)

// The tables hold what the contract allowed at the time.
function profileOf({ orgId, ...row }: Organization, can: Can): z.output<typeof profileView> {
  return { ...row, id: orgId, can: { edit: can('organization.edit'), export: can('organization.export') } } as z.output<
    typeof profileView
  >
}
