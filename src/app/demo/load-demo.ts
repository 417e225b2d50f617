import type pg from 'pg'
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
import { demoSlug, lastDay, openStage } from './stage.ts'
import { loadedMark, removeUnfinishedDemo, whileNobodyLoads } from './unfinished-demo.ts'

/** What the demo is loaded into. */
export interface DemoInto {
  /** As the owner of the tables: takes away what an interrupted load has left. */
  readonly owner: pg.ClientConfig
  readonly db: Database
  readonly files: FileStore
  readonly url: URL
  /** Told one line per part of the story. */
  readonly report: (line: string) => void
  /** Told the day of the story that was reached, and its last. */
  readonly tell?: (done: number, of: number) => void
  /** Ends the load early, as if it had been interrupted. */
  readonly signal?: AbortSignal
}

/**
 * Loads the demo organization where it is not there yet: its people do everything through the API, over fourteen months
 * of a moved clock that ends yesterday. Where an earlier load did not come to its end, what it left is taken away and the
 * story begins anew. Refuses with `demo.loading` while another process loads, with `demo.slug_taken` where the short
 * name belongs to an organization that is not the demo.
 * @returns whether it was loaded now
 */
export async function loadDemo(into: DemoInto): Promise<boolean> {
  if ((await demoState(into.db)) === 'loaded') return false
  return whileNobodyLoads(into.owner, async (owner) => {
    const state = await demoState(into.db)
    if (state === 'loaded') return false
    if (state === 'unfinished') {
      if (!(await removeUnfinishedDemo(owner, into.files))) throw slugTaken()
      into.report('Demo: an earlier load was interrupted; it begins anew')
    }
    await tellStory(into)
    return true
  })
}

async function tellStory(into: DemoInto): Promise<void> {
  const stage = await openStage({ ...into, today: dateAt(systemClock(), company.timeZone) })
  const phase = (day: number, line: string): void =>
    script.on(day, async () => into.report(`Demo: ${stage.date(day)}  ${line}`))
  const script = newScript()
  try {
    into.report(`Demo: ${stage.date(0)}  ${company.name} starts its management system`)
    const cast = await found(stage)
    phase(1, 'people, teams and roles')
    script.on(2, () => fillDirectory(stage, cast))
    phase(12, 'interested parties and obligations')
    script.on(13, () => listObligations(stage, cast))
    phase(14, 'scope')
    tellScope(stage, cast, script)
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
    await script.play(stage, (day) => into.tell?.(day, lastDay), into.signal)
  } finally {
    await stage.close()
  }
  await platformTransaction(into.db, systemClock, (tx) =>
    tx.rows(statement('insert into identity.installation (name, value) values ($1, $2)', [loadedMark, systemClock()])),
  )
}

/** Whether the demo is there; `unfinished`: some of it, or another organization of its name. */
function demoState(db: Database): Promise<'absent' | 'unfinished' | 'loaded'> {
  return platformTransaction(
    db,
    systemClock,
    async (tx) => {
      const [there, ended] = await Promise.all([
        tx.first<{ id: string | null }>(statement('select identity.organization_id($1) as id', [demoSlug])),
        tx.first<{ name: string }>(statement('select name from identity.installation where name = $1', [loadedMark])),
      ])
      if (!there?.id) return 'absent'
      return ended ? 'loaded' : 'unfinished'
    },
    'read',
  )
}

const slugTaken = (): RefusalError =>
  new RefusalError({
    code: 'demo.slug_taken',
    message: `An organization of your own has the short name “${demoSlug}”, so the demo cannot be loaded beside it. Start without --demo.`,
    facts: {},
  })
