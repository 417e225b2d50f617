import type { ServerModule } from '#platform/http/server-module.ts'
import { useCase } from '#platform/http/use-case.ts'
import { catalogue } from '../contract.ts'
import { catalogueOf, defaultRelease } from './reader.ts'

const requirementsUseCase = useCase(catalogue.requirements, async () => {
  const { release } = catalogueOf(defaultRelease)
  return structuredClone({ release: release.id, title: release.title, clauses: release.clauses }) as never
})

const controlsUseCase = useCase(catalogue.controls, async () => {
  const { release } = catalogueOf(defaultRelease)
  return structuredClone({ release: release.id, attributes: release.attributes, controls: release.controls }) as never
})

export const catalogueModule: ServerModule = {
  name: 'catalogue',
  records: [],
  useCases: [requirementsUseCase, controlsUseCase],
}
