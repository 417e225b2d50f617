import type { ServerModule } from '#platform/http/server-module.ts'
import { useCase } from '#platform/http/use-case.ts'
import { RefusalError } from '#platform/refusal/refusal-error.ts'
import { catalogue } from '../contract.ts'
import { releaseNames } from './read-release.ts'
import { catalogueOf, defaultRelease } from './reader.ts'

const requirementsUseCase = useCase(catalogue.requirements, async () => {
  const { release } = catalogueOf(defaultRelease)
  return structuredClone({ release: release.id, title: release.title, clauses: release.clauses }) as never
})

const controlsUseCase = useCase(catalogue.controls, async () => {
  const { release } = catalogueOf(defaultRelease)
  return structuredClone({ release: release.id, attributes: release.attributes, controls: release.controls }) as never
})

const releasesUseCase = useCase(catalogue.releases, async () => ({
  items: releaseNames().map((name) => {
    const { id, framework, title, counts, licenceNote } = catalogueOf(name).release
    return { release: id, framework, title, counts: { ...counts }, licenceNote }
  }),
}))

const controlUseCase = useCase(catalogue.control, async ({ params }) => {
  const { release, control } = catalogueOf(defaultRelease)
  const found = control(params.ref)
  if (!found) {
    throw new RefusalError({
      code: 'control_definition.not_found',
      message: `${release.title.en} has no control ${params.ref}.`,
      facts: { ref: params.ref, release: release.id },
    })
  }
  const predecessors = release.transitions.filter((one) => found.predecessors2013.includes(one.ref))
  return structuredClone({
    ...found,
    release: release.id,
    predecessors: predecessors.map(({ ref, title, relation }) => ({ ref, title, relation })),
  }) as never
})

export const catalogueModule: ServerModule = {
  name: 'catalogue',
  records: [],
  useCases: [releasesUseCase, requirementsUseCase, controlsUseCase, controlUseCase],
}
