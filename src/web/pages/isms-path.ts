/** What of the role table the path reads. */
export const pathActions = ['method.read', 'risk.read', 'control.read'] as const

/** The way from a method to a statement, in the order of 6.1.2 and 6.1.3. */
export const pathSteps = ['method', 'risks', 'treatment', 'controls', 'statement'] as const
export type PathStep = (typeof pathSteps)[number]

/** What the records say, as far as the path is concerned. */
export interface PathFacts {
  readonly method: 'none' | 'draft' | 'approved'
  readonly risks: {
    readonly total: number
    /** With a level nobody has assessed here. */
    readonly asImported: number
    readonly notAssessed: number
    readonly needsTreatment: number
    readonly planIncomplete: number
    readonly planAwaitingApproval: number
    readonly inTreatment: number
    readonly awaitingAcceptance: number
    readonly acceptanceOutOfDate: number
  }
  readonly controls: { readonly total: number; readonly undecided: number; readonly blocking: number }
  readonly statement: { readonly number: number; readonly holds: boolean; readonly changed: number } | null
  /** A version waits for top management. */
  readonly proposed: boolean
}

export interface PathPoint {
  readonly step: PathStep
  readonly state: 'done' | 'now' | 'later'
  /** Key of the line under the step, `path.line.…`, and its number. */
  readonly line: string
  readonly count: number
  /** How many of these are as imported, where the line says so. */
  readonly asImported: number
  /** Address of the page where it is worked on. */
  readonly to: string
}

export interface IsmsPath {
  readonly points: readonly PathPoint[]
  /** Where the organization stands, `path.stand.…`, and its number. */
  readonly stand: string
  readonly count: number
  /** The page the next step leads to. */
  readonly to: string
}

interface Open {
  readonly key: string
  readonly count: number
  readonly to: string
}

/** What is open at each step, most important first; nothing open means done. Every address shows just those records. */
function openAt(facts: PathFacts): Record<PathStep, readonly Open[]> {
  const { risks, controls, statement } = facts
  const some = (key: string, count: number, to: string): Open[] => (count > 0 ? [{ key, count, to }] : [])
  const risksWith = (status: string) => `/risks?status=${status}`
  return {
    method:
      facts.method === 'none'
        ? [{ key: 'noMethod', count: 0, to: '/risks/method' }]
        : facts.method === 'draft'
          ? [{ key: 'methodDraft', count: 0, to: '/risks/method' }]
          : [],
    risks:
      risks.total === 0
        ? [{ key: 'noRisks', count: 0, to: '/risks/new' }]
        : some('notAssessed', risks.notAssessed, risksWith('notAssessed')),
    treatment: [
      ...some('needsTreatment', risks.needsTreatment, risksWith('needsTreatment')),
      ...some('acceptanceOutOfDate', risks.acceptanceOutOfDate, risksWith('acceptanceOutOfDate')),
      ...some('planAwaitingApproval', risks.planAwaitingApproval, risksWith('planAwaitingApproval')),
      ...some('planIncomplete', risks.planIncomplete, risksWith('planIncomplete')),
      ...some('awaitingAcceptance', risks.awaitingAcceptance, risksWith('awaitingAcceptance')),
    ],
    controls: [
      ...some('undecided', controls.undecided, '/soa?applicability=undecided'),
      ...some('blocking', controls.blocking, '/soa'),
    ],
    statement:
      statement === null
        ? [{ key: facts.proposed ? 'proposed' : 'noStatement', count: 0, to: '/soa' }]
        : statement.holds
          ? []
          : [{ key: 'statementChanged', count: statement.changed, to: '/soa' }],
  }
}

/** Derives what is done, what comes next, and the one sentence that says so. */
export function ismsPath(facts: PathFacts): IsmsPath {
  const open = openAt(facts)
  const now = pathSteps.find((step) => open[step].length > 0)
  const pages = {
    method: '/risks/method',
    risks: '/risks',
    treatment: '/risks/actions',
    controls: '/soa',
    statement: '/soa',
  }
  const done: Record<PathStep, number> = {
    method: 0,
    risks: facts.risks.total,
    treatment: facts.risks.inTreatment,
    controls: facts.controls.total,
    statement: facts.statement?.number ?? 0,
  }
  const { asImported } = facts.risks
  const points = pathSteps.map((step): PathPoint => {
    const [first] = open[step]
    // What nobody has assessed nobody has treated, whatever the counts say.
    const empty = step === 'treatment' && (facts.risks.total === 0 || facts.risks.notAssessed > 0)
    if (first === undefined && !empty) {
      return { step, state: 'done', line: doneLine(step, facts), count: done[step], asImported, to: pages[step] }
    }
    return {
      step,
      state: step === now ? 'now' : 'later',
      line: first?.key ?? 'nothingToTreat',
      count: first?.count ?? 0,
      asImported,
      to: pages[step],
    }
  })
  const next = now === undefined ? undefined : open[now][0]
  return { points, stand: next?.key ?? 'holds', count: next?.count ?? done.statement, to: next?.to ?? '/soa' }
}

/** Risks whose levels came with a file have a level, and nobody here has assessed them. */
function doneLine(step: PathStep, { risks }: PathFacts): string {
  if (step === 'treatment' && risks.inTreatment > 0) return 'inTreatment'
  return step === 'risks' && risks.asImported > 0 ? 'risksImported' : `${step}Done`
}
