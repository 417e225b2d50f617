import { risks as riskRoutes } from '#modules/risk/contract.ts'
import { members } from './data/company.ts'
import { type DemoRisk, risks } from './data/risks.ts'
import { type Cast, named } from './organization.ts'
import type { Script } from './script.ts'
import type { Stage } from './stage.ts'

const isms = 'isms-manager'
const firstRun = { recorded: 44, opened: 58, closed: 76 }
const secondRun = { opened: 362, closed: 374 }

// `4:3,4,3,2,1` in the order of the dimensions of the template.
const dimensions = ['financial', 'operational', 'reputation', 'legal', 'safety']
function scoresOf(text: string): { likelihood: number; consequences: Record<string, number> } {
  const [likelihood = '', levels = ''] = text.split(':')
  const numbers = levels.split(',').map(Number)
  return {
    likelihood: Number(likelihood),
    consequences: Object.fromEntries(dimensions.map((key, i) => [key, numbers[i] ?? 1])),
  }
}

const euro = (amount: number | undefined): number | null => (amount === undefined ? null : amount * 100)
/** Who records what somebody without an account of their own has done. */
const recorder = (owner: string): string =>
  members.some(({ key, roles }) => key === owner && key !== 'finance-lead' && !roles.includes('employee'))
    ? owner
    : isms

/** Method, two whole assessments, and the treatment of every risk. */
export function tellRisks(stage: Stage, cast: Cast, script: Script): void {
  const ids = new Map<DemoRisk, string>()
  const idOf = (risk: DemoRisk): string => ids.get(risk) ?? ''
  const show = (risk: DemoRisk) => stage.act(isms, riskRoutes.show, { params: { riskId: idOf(risk) } })

  script.on(30, async () => {
    const draft = await stage.act(isms, riskRoutes.draftMethod, { body: { from: 'template' } })
    stage.goTo(36)
    await stage.act('cto', riskRoutes.approveMethod, { params: { methodId: draft.id } })
  })

  const record = async (risk: DemoRisk): Promise<void> => {
    const lost = (letter: string) => (risk.lost.includes(letter) ? ('lost' as const) : ('notLost' as const))
    const { title, scenario, threat, vulnerability, category } = risk
    const { id } = await stage.act(isms, riskRoutes.record, {
      body: {
        title,
        scenario,
        threat,
        vulnerability,
        category,
        confidentiality: lost('C'),
        integrity: lost('I'),
        availability: lost('A'),
        ownerId: named(cast.people, risk.owner),
        assetIds: risk.assets.map((name) => named(cast.assets, name)),
      },
    })
    ids.set(risk, id)
  }
  for (const [place, risk] of risks.entries()) {
    const day = risk.first === null ? (risk.story === 'late' ? 413 : 352) : firstRun.recorded + Math.floor(place / 3)
    script.on(day, () => record(risk))
  }

  const assess = async (risk: DemoRisk, runId: string, level: string, rationale: string): Promise<void> => {
    const { version } = await show(risk)
    const body = { current: scoresOf(level), inherent: scoresOf(risk.inherent), rationale, runId }
    await stage.act(isms, riskRoutes.assess, { params: { riskId: idOf(risk) }, version, body })
  }
  script.on(firstRun.opened, async () => {
    const body = { name: 'First assessment', scope: 'whole' as const }
    const run = await stage.act(isms, riskRoutes.openRun, { body })
    for (const [place, risk] of risks.filter(({ first }) => first !== null).entries()) {
      stage.goTo(firstRun.opened + 2 + Math.floor(place / 3))
      await assess(risk, run.id, risk.first ?? '', risk.why)
    }
    stage.goTo(firstRun.closed)
    await stage.act(isms, riskRoutes.closeRun, { params: { runId: run.id } })
  })
  script.on(secondRun.opened, async () => {
    const body = { name: 'Second assessment', scope: 'whole' as const }
    const run = await stage.act(isms, riskRoutes.openRun, { body })
    for (const risk of risks.filter(({ story }) => story !== 'late' && story !== 'avoided')) {
      const now = (await show(risk)).current
      const level = risk.second?.[0] ?? (now === null ? '' : textOf(now.scores))
      const why =
        risk.second?.[1] ?? (risk.story === 'done' ? 'As rescored after the treatment.' : `Unchanged. ${risk.why}`)
      await assess(risk, run.id, level, why)
    }
    stage.goTo(secondRun.closed)
    await stage.act(isms, riskRoutes.closeRun, { params: { runId: run.id } })
  })

  for (const [place, risk] of risks.entries()) tellTreatment(risk, 90 + place)

  function tellTreatment(risk: DemoRisk, day: number): void {
    switch (risk.story) {
      case 'accepted':
        script.on(day, () => accept(risk))
        return
      case 'retained':
        script.on(day, async () => {
          await plan(risk, false)
          await accept(risk)
        })
        return
      case 'planned':
        script.on(386, () => plan(risk, false))
        return
      case 'done': {
        script.on(day, () => agree(risk))
        const ends = (risk.actions ?? []).map(({ end }) => (typeof end === 'number' ? end : 0))
        script.on(Math.max(...ends) + 5, async () => {
          if (risk.controls?.some(([, , state]) => state === 'planned')) await plan(risk, true)
          const { version } = await show(risk)
          const body = {
            current: scoresOf(risk.reached ?? risk.target ?? ''),
            rationale: `Treatment done: ${(risk.actions ?? []).map(({ title }) => title.toLowerCase()).join('; ')}.`,
          }
          await stage.act(isms, riskRoutes.rescore, { params: { riskId: idOf(risk) }, version, body })
        })
        script.on(Math.max(...ends) + 12, () => accept(risk))
        return
      }
      case 'going':
        script.on(day, () => agree(risk))
        script.on(day + 9, () => accept(risk))
        return
      case 'agreed':
        script.on(240, () => agree(risk))
        return
      case 'avoided':
        script.on(day, () => agree(risk))
        script.on(290, async () => {
          const params = { riskId: idOf(risk) }
          await stage.act(risk.owner, riskRoutes.endActivity, { params, body: { endedOn: stage.date(286) } })
        })
        return
      case 'untreated':
      case 'late':
        return
    }
  }

  async function plan(risk: DemoRisk, allLive: boolean): Promise<void> {
    const { version } = await show(risk)
    const kinds = risk.options ?? [
      risk.story === 'retained' ? 'retain' : risk.change === undefined ? 'modify' : 'avoid',
    ]
    await stage.act(isms, riskRoutes.plan, {
      params: { riskId: idOf(risk) },
      version,
      body: {
        options: kinds.map((kind) => ({ kind, agreement: risk.agreement ?? null, change: risk.change ?? null })),
        controls: (risk.controls ?? []).map(([ref, lowers, state]) => ({
          controlId: named(cast.controls, ref),
          lowers,
          state: allLive ? ('live' as const) : state,
        })),
        target: risk.target === undefined ? null : scoresOf(risk.target),
      },
    })
    if (!allLive) for (const action of risk.actions ?? []) await addAction(risk, action)
  }

  async function addAction(risk: DemoRisk, action: NonNullable<DemoRisk['actions']>[number]): Promise<void> {
    const { title, owner, due, end, cost, control, moved } = action
    const made = await stage.act(isms, riskRoutes.addAction, {
      params: { riskId: idOf(risk) },
      body: {
        title,
        ownerId: named(cast.people, owner),
        dueOn: stage.date(due),
        cost: euro(cost),
        controlIds: control === undefined ? [] : [named(cast.controls, control)],
      },
    })
    const params = { actionId: made.id }
    const step = (day: number, what: 'start' | 'complete'): void =>
      script.on(day, async () => {
        await stage.act(recorder(owner), riskRoutes.stepAction, { params, body: { step: what } })
      })
    if (end !== 'open' && end !== 'cancelled')
      step(typeof end === 'number' ? Math.max(end - 25, 125) : due - 45, 'start')
    if (typeof end === 'number') step(end, 'complete')
    if (moved) {
      script.on(due - 6, async () => {
        const actions = await stage.act(isms, riskRoutes.actions, { query: { q: title } })
        const version = actions.items.find(({ id }) => id === made.id)?.version ?? 1
        const body = { dueOn: stage.date(moved[0]), dueReason: moved[1] }
        await stage.act(isms, riskRoutes.changeAction, { params, version, body })
      })
    }
  }

  async function agree(risk: DemoRisk): Promise<void> {
    await plan(risk, false)
    const { seen } = await stage.act(risk.owner, riskRoutes.show, { params: { riskId: idOf(risk) } })
    const body = seen.plan === null ? {} : { seen: seen.plan }
    await stage.act(risk.owner, riskRoutes.approvePlan, { params: { riskId: idOf(risk) }, body })
  }

  async function accept(risk: DemoRisk): Promise<void> {
    const params = { riskId: idOf(risk) }
    const { seen } = await stage.act(risk.owner, riskRoutes.show, { params })
    const body = seen.acceptance === null ? {} : { seen: seen.acceptance }
    const { approvals } = await stage.act(risk.owner, riskRoutes.accept, { params, body })
    if (approvals.acceptance?.standing === 'incomplete') {
      await stage.act('cto', riskRoutes.sign, { params, body: { act: 'acceptance' } })
    }
  }
}

const textOf = ({ likelihood, consequences }: { likelihood: number; consequences: Record<string, number> }): string =>
  `${likelihood}:${dimensions.map((key) => consequences[key] ?? 1).join(',')}`
