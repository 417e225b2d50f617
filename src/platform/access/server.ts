import type { ServerModule } from '#platform/http/server-module.ts'
import { type UseCase, useCase } from '#platform/http/use-case.ts'
import { me } from './contract.ts'
import { allowanceOf, type RoleTable } from './policy.ts'

/** What the shell asks about the caller. */
interface AccessServices {
  readonly roleTable: RoleTable
}

const meUseCase: UseCase<AccessServices> = useCase<typeof me, AccessServices>(me, async ({ actor, services }) => {
  const { slug, name, timeZone, currency, language } = actor.org
  return {
    organization: { slug, name, timeZone, currency, language: language === 'de' ? 'de' : 'en' },
    roles: [...actor.roles],
    personId: actor.personId,
    actions: Object.keys(services.roleTable).filter(
      (action) => allowanceOf(services.roleTable, actor, action) !== null,
    ),
  }
})

export const accessModule: ServerModule<AccessServices> = { name: 'access', records: [], useCases: [meUseCase] }
