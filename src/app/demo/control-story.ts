import { controls as controlRoutes } from '#modules/controls/contract.ts'
import { evidence as evidenceRoutes } from '#modules/evidence/contract.ts'
import { people as peopleRoutes } from '#modules/people/contract.ts'
import { artefacts, type DemoArtefact, type DemoSeries, series } from './data/evidence.ts'
import { obligations } from './data/obligations.ts'
import { type DemoControl, formerExclusion, statement } from './data/statement.ts'
import { type Cast, named } from './organization.ts'
import type { Script } from './script.ts'
import type { Stage } from './stage.ts'

const isms = 'isms-manager'
const days = { described: 124, decided: 146, firstIssue: 172, secondIssue: 398 }

/** The statement from the first decision to the second version, and what happened after it. */
export function tellStatement(stage: Stage, cast: Cast, script: Script): void {
  for (const [place, [ref, control]] of Object.entries(statement).entries()) {
    script.on(days.described + Math.floor(place / 8), () => describe(ref, control))
    if (control.excluded === undefined && ref !== formerExclusion.ref) {
      const stated = control.stated ?? 'implemented'
      script.on(days.decided + Math.floor(place / 6), () => state(ref, stated))
    }
    const { later } = control
    if (later) script.on(later[0], () => state(ref, later[1]))
  }
  for (const { title, controls } of obligations) {
    script.on(days.decided - 2, async () => {
      const body = { obligationId: named(cast.obligations, title) }
      for (const ref of controls) await stage.act(isms, controlRoutes.oblige, { params: paramsOf(ref), body })
    })
  }
  script.on(days.decided, async () => {
    const ids = Object.entries(statement)
      .filter(([ref, { excluded }]) => excluded === undefined && ref !== formerExclusion.ref)
      .map(([ref]) => named(cast.controls, ref))
    await stage.act(isms, controlRoutes.decideMany, { body: { ids } })
    for (const [ref, { excluded }] of Object.entries(statement)) {
      if (excluded !== undefined) await exclude(ref, excluded)
    }
    await exclude(formerExclusion.ref, formerExclusion.justification)
  })
  script.on(238, async () => {
    const body = { applicability: 'applicable' as const }
    await stage.act(isms, controlRoutes.decide, { params: paramsOf(formerExclusion.ref), body })
    await state(formerExclusion.ref, 'planned')
  })
  script.on(days.firstIssue, () => issue('First issue, for the internal audit.'))
  script.on(days.secondIssue, () => issue('After the second assessment, for the certification audit.'))
  script.on(405, async () => {
    const params = { personId: named(cast.people, 'finance-lead') }
    await stage.act(isms, peopleRoutes.leave, { params, body: { on: stage.date(404) } })
  })
  // The provider of the monitoring ended its contract: nobody watches at night any more.
  script.on(416, async () => {
    const { version } = await stage.act(isms, controlRoutes.show, { params: paramsOf('A.8.16') })
    const note =
      'The service provider ended its contract at the end of the month; alerts are read in office hours again.'
    await stage.act('it-lead', controlRoutes.change, { params: paramsOf('A.8.16'), version, body: { note } })
    await state('A.8.16', 'notImplemented')
  })

  function paramsOf(ref: string): { controlId: string } {
    return { controlId: named(cast.controls, ref) }
  }

  async function describe(ref: string, control: DemoControl): Promise<void> {
    const { version } = await stage.act(isms, controlRoutes.show, { params: paramsOf(ref) })
    const { owner, how, business = '', provider, planned } = control
    await stage.act(isms, controlRoutes.change, {
      params: paramsOf(ref),
      version,
      body: {
        ownerId: named(cast.people, owner),
        implementation: how,
        businessReason: business,
        ...(provider ? { operatedBy: provider[0], provider: provider[1] } : {}),
        ...(planned === undefined ? {} : { plannedOn: stage.date(planned) }),
      },
    })
  }

  async function state(ref: string, stated: NonNullable<DemoControl['stated']>): Promise<void> {
    await stage.act(isms, controlRoutes.state, { params: paramsOf(ref), body: { stated } })
  }

  async function exclude(ref: string, justification: string): Promise<void> {
    const body = { applicability: 'excluded' as const, justification }
    await stage.act(isms, controlRoutes.decide, { params: paramsOf(ref), body })
  }

  async function issue(note: string): Promise<void> {
    const proposal = await stage.act(isms, controlRoutes.propose, { body: { note } })
    await stage.act('cto', controlRoutes.issue, { params: { soaId: proposal.id } })
  }
}

/** Evidence as it comes in, month by month, each piece attached to what it shows. */
export function tellEvidence(stage: Stage, cast: Cast, script: Script): void {
  for (const one of series) {
    for (const [place, day] of one.days.entries()) script.on(Math.min(day + 2, 424), () => collect(one, place, day))
  }
  for (const one of artefacts) script.on(one.day + 1, () => record(one))

  async function collect(one: DemoSeries, place: number, day: number): Promise<void> {
    const [from, to, until] = [stage.date(day - one.covers + 1), stage.date(day), stage.date(day + one.valid)]
    const failed = one.test?.failed.includes(place) === true
    const title = `${one.title}, ${to}`
    const lines = [
      title,
      `Period: ${from} to ${to}`,
      `Source: ${one.source}`,
      `Population: ${one.count(place)} ${one.population}`,
      '',
      ...one.body(place),
      ...(one.test ? [failed ? 'Result: failed.' : 'Result: passed.'] : []),
    ]
    const { artefact } = await stage.act(one.by, evidenceRoutes.upload, {
      query: {
        fileName: fileNameOf(title),
        title,
        source: one.source,
        population: one.population,
        populationCount: one.count(place),
        periodFrom: from,
        periodTo: to,
        validUntil: until,
        ownerId: named(cast.people, one.by),
        collectorId: named(cast.people, one.by),
        ...(one.test
          ? { kind: 'testResult' as const, outcome: failed ? ('failed' as const) : ('passed' as const) }
          : {}),
      },
      file: contentOf(lines),
    })
    await attach(artefact.id, one.controls, false)
  }

  async function record(one: DemoArtefact): Promise<void> {
    const { title, by, day, until, controls, text, kind, assurance = false, interviewee } = one
    const dates = { effectiveOn: stage.date(day), ...(until === 0 ? {} : { validUntil: stage.date(until) }) }
    const people = { ownerId: named(cast.people, by), collectorId: named(cast.people, by) }
    if (kind === undefined) {
      const { artefact } = await stage.act(by, evidenceRoutes.upload, {
        query: { fileName: fileNameOf(title), title, ...dates, ...people },
        file: contentOf([title, `State of ${stage.date(day)}`, '', text]),
      })
      if (assurance) {
        const conclusion = 'Read: scope and period cover the part the provider runs for us.'
        const params = { artefactId: artefact.id }
        await stage.act(isms, evidenceRoutes.conclude, { params, body: { verdict: 'supports', conclusion } })
      }
      await attach(artefact.id, controls, assurance)
      return
    }
    const link = kind === 'link' || kind === 'capturedLink'
    const { id } = await stage.act(by, evidenceRoutes.add, {
      body: {
        kind: link ? 'link' : kind,
        title,
        description: text,
        ...dates,
        ...people,
        ...(link ? { url: `https://handbook.tidelane.example/${fileNameOf(title).replace('.txt', '')}` } : {}),
        ...(interviewee === undefined ? {} : { intervieweeId: named(cast.people, interviewee) }),
      },
    })
    if (kind === 'capturedLink') {
      const file = contentOf([`Copy of the page “${title}”`, `Taken on ${stage.date(day)}`, '', text])
      await stage.act(by, evidenceRoutes.capture, {
        params: { artefactId: id },
        query: { fileName: fileNameOf(title) },
        file,
      })
    }
    await attach(id, controls, false)
  }

  async function attach(artefactId: string, refs: readonly string[], assurance: boolean): Promise<void> {
    const controlIds = refs.map((ref) => named(cast.controls, ref))
    await stage.act(isms, evidenceRoutes.attach, { params: { artefactId }, body: { controlIds, assurance } })
  }
}

const contentOf = (lines: readonly string[]): Uint8Array => new TextEncoder().encode(`${lines.join('\n')}\n`)
const fileNameOf = (title: string): string =>
  `${title
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-|-$/g, '')}.txt`
