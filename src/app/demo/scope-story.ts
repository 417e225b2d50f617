import { organization } from '#modules/organization/contract.ts'
import { scope } from '#modules/organization/contract-scope.ts'
import { addedSince, crossings, type DemoPart, leftOut, parts, scopeWords } from './data/structure.ts'
import { type Cast, named } from './organization.ts'
import type { Script } from './script.ts'
import { lastDay, type Stage } from './stage.ts'

const routesOf = {
  unit: organization.units,
  site: organization.sites,
  service: organization.services,
  product: organization.products,
} as const

/** What the company consists of, the scope drawn through it and approved, and what has come since. */
export function tellScope(stage: Stage, cast: Cast, script: Script): void {
  const add = ({ kind, name, description, owner }: DemoPart) =>
    stage.act('isms-manager', routesOf[kind].add, {
      body: { name, description, ownerId: named(cast.people, owner) },
    })
  script.on(5, async () => {
    for (const part of parts) {
      const { id: recordId } = await add(part)
      await stage.act('isms-manager', routesOf[part.kind].place, {
        params: { recordId },
        body: part.outside === undefined ? { placement: 'in' } : { placement: 'out', reason: part.outside },
      })
    }
    for (const { owner, controls, ...crossing } of crossings) {
      await stage.act('isms-manager', organization.addInterface, {
        body: { ...crossing, controls: [...controls], ownerId: named(cast.people, owner) },
      })
    }
    for (const body of leftOut) await stage.act('isms-manager', organization.addExclusion, { body })
  })
  script.on(8, async () => {
    await stage.act('isms-manager', scope.start, { body: scopeWords })
  })
  script.on(10, async () => {
    const { draft, stateHash } = await stage.act('cto', scope.show)
    await stage.act('cto', scope.approve, {
      params: { statementId: draft?.id ?? '' },
      body: { stateHash: stateHash ?? '' },
    })
  })
  // A realistic weakness: a site was opened, and nobody has placed it yet.
  script.on(lastDay - 19, async () => {
    await add(addedSince)
  })
}
