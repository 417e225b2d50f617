import { dateAt, systemClock } from '#kernel/time.ts'
import { controls as controlRoutes } from '#modules/controls/contract.ts'
import { type Database, statement } from '#platform/db/database.ts'
import { platformTransaction } from '#platform/db/transaction.ts'
import type { FileStore } from '#platform/files/file-store.ts'
import { RefusalError } from '#platform/refusal/refusal-error.ts'
import { tellEvidence, tellStatement } from './control-story.ts'
import { company } from './data/company.ts'
import { admitAuditor, fillDirectory, found, listObligations, takeInventory, verifyAssets } from './organization.ts'
import { tellRisks } from './risk-story.ts'
import { tellScope } from './scope-story.ts'
import { newScript } from './script.ts'
import { demoSlug, openStage } from './stage.ts'

/** What the demo is loaded into. */
export interface DemoInto {
  readonly db: Database
  readonly files: FileStore
  readonly url: URL
  /** Told one line per part of the story. */
  readonly report: (line: string) => void
}

const mark = 'demo.loaded'

/**
 * Loads the demo organization where it is not there yet: its people do everything through the API, over fourteen months
 * of a moved clock that ends yesterday. Refuses with `demo.interrupted` where an earlier load did not come to its end.
 * @returns whether it was loaded now
 */
export async function loadDemo(into: DemoInto): Promise<boolean> {
  const state = await demoState(into.db)
  if (state === 'loaded') return false
  if (state === 'interrupted') throw interrupted()
  const stage = await openStage({ ...into, today: dateAt(systemClock(), company.timeZone) })
  const phase = (day: number, line: string): void =>
    script.on(day, async () => into.report(`Demo: ${stage.date(day)}  ${line}`))
  const script = newScript()
  try {
    into.report(`Demo: ${stage.date(0)}  ${company.name} starts its management system`)
    const cast = await found(stage)
    phase(1, 'people, teams and roles')
    script.on(2, () => fillDirectory(stage, cast))
    phase(4, 'what the company consists of, and the scope')
    tellScope(stage, cast, script)
    phase(12, 'interested parties and obligations')
    script.on(13, () => listObligations(stage, cast))
    phase(20, 'assets')
    script.on(21, () => takeInventory(stage, cast))
    script.on(28, () => verifyAssets(stage, cast, 28, () => true))
    script.on(1, async () => {
      const { items } = await stage.act('isms-manager', controlRoutes.list)
      for (const { ref, id } of items) cast.controls.set(ref, id)
    })
    phase(43, 'risks and first assessment')
    tellRisks(stage, cast, script)
    phase(89, 'treatment plans, approvals, acceptances')
    phase(123, 'statement of applicability, evidence')
    tellEvidence(stage, cast, script)
    tellStatement(stage, cast, script)
    phase(173, 'first version issued; treatment and evidence go on')
    script.on(301, () => verifyAssets(stage, cast, 301, ({ rank }) => rank >= 3))
    phase(361, 'second assessment')
    phase(397, 'second version')
    script.on(400, () => admitAuditor(stage, cast))
    phase(399, 'what changed since')
    await script.play(stage)
  } finally {
    await stage.close()
  }
  await platformTransaction(into.db, systemClock, (tx) =>
    tx.rows(statement('insert into identity.installation (name, value) values ($1, $2)', [mark, systemClock()])),
  )
  return true
}

/** Whether the demo is there; `interrupted`: some of it. */
export function demoState(db: Database): Promise<'absent' | 'interrupted' | 'loaded'> {
  return platformTransaction(
    db,
    systemClock,
    async (tx) => {
      const [there, ended] = await Promise.all([
        tx.first<{ id: string | null }>(statement('select identity.organization_id($1) as id', [demoSlug])),
        tx.first<{ name: string }>(statement('select name from identity.installation where name = $1', [mark])),
      ])
      if (!there?.id) return 'absent'
      return ended ? 'loaded' : 'interrupted'
    },
    'read',
  )
}

const interrupted = (): RefusalError =>
  new RefusalError({
    code: 'demo.interrupted',
    message:
      'An earlier load of the demo organization was interrupted, so it is incomplete. Start with another, empty data folder (PLUMBLINE_HOME) to see all of it; your own organizations are not affected and run without --demo as before.',
    facts: {},
  })
