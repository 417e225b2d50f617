import { organization as routes } from '#modules/organization/contract.ts'
import { scope } from '#modules/organization/contract-scope.ts'
import { crossings, type DemoPart, exclusions, laterPart, parts, statements, unplacedPart } from './data/context.ts'
import { type Cast, named } from './organization.ts'
import type { Script } from './script.ts'
import type { Stage } from './stage.ts'

const days = { drawn: 15, approved: 18, portal: 288, secondApproval: 302, rental: 409 }

const routesOf = {
  unit: routes.units,
  site: routes.sites,
  service: routes.services,
  product: routes.products,
} as const

/** Clause 4.3: what the company consists of, what lies inside, two versions of the statement, and what came after. */
export function tellScope(stage: Stage, cast: Cast, script: Script): void {
  script.on(days.drawn, async () => {
    for (const part of parts) await place(part, await enter(part))
    for (const { kind, name, counterpart, about, controls, owner } of crossings) {
      const body = {
        kind,
        name,
        counterpart,
        description: about,
        controls: [...controls],
        ownerId: named(cast.people, owner),
      }
      await stage.act('isms-manager', routes.addInterface, { body })
    }
    for (const body of exclusions) await stage.act('isms-manager', routes.addExclusion, { body })
    await stage.act('isms-manager', scope.start, { body: statements.first })
  })
  script.on(days.approved, approve)
  script.on(days.portal, async () => {
    await place(laterPart, await enter(laterPart))
    await stage.act('isms-manager', scope.start, { body: statements.second })
  })
  script.on(days.secondApproval, approve)
  script.on(days.rental, async () => void (await enter(unplacedPart)))

  async function enter({ kind, name, about, owner }: DemoPart): Promise<string> {
    const body = { name, description: about, ownerId: named(cast.people, owner) }
    return (await stage.act('isms-manager', routesOf[kind].add, { body })).id
  }

  async function place({ kind, outside }: DemoPart, id: string): Promise<void> {
    const body = outside === undefined ? { placement: 'in' as const } : { placement: 'out' as const, reason: outside }
    await stage.act('isms-manager', routesOf[kind].place, { params: { recordId: id }, body })
  }

  /** Top management approves what it has before it. */
  async function approve(): Promise<void> {
    const { draft, stateHash } = await stage.act('cto', scope.show)
    if (draft === null || stateHash === null) throw new Error('The demo has no draft of the scope statement.')
    await stage.act('cto', scope.approve, { params: { statementId: draft.id }, body: { stateHash } })
  }
}
