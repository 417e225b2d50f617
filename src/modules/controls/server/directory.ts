import type { Id } from '#kernel/id.ts'
import { catalogueOf } from '#modules/catalogue/server/reader.ts'
import type { ControlChoices, ControlDirectory } from '#modules/risk/server/control-directory.ts'
import { statement } from '#platform/db/database.ts'
import type { Control } from '../domain/control.ts'
import { inPlace } from '../domain/status.ts'
import { loadControls } from './load.ts'
import { controlReporters } from './reporters.ts'
import { languageOf } from './views.ts'

/** Controls a treatment can name: those that are not withdrawn. Five statements. */
export const choices: ControlChoices = async (tx) => {
  const [all, loaded] = await Promise.all([directory(tx), loadControls(tx)])
  return loaded.flatMap(({ control, derived }) => {
    const facts = all.get(control.id)
    return facts === undefined ? [] : [{ ...facts, inPlace: inPlace(derived) }]
  })
}

/**
 * Controls as risks see them. One works unless its records say otherwise: excluded, withdrawn, stated to be planned or
 * missing, or failing a test. Whether there is evidence is another question, which the statement answers.
 */
export const directory: ControlDirectory = async (tx, language = languageOf(tx.org.language)) => {
  const [rows, reports] = await Promise.all([
    tx.rows<Pick<Control, 'id' | 'ref' | 'title' | 'release' | 'applicability' | 'stated' | 'withdrawnAt'>>(
      statement('select id, ref, title, release, applicability, stated, withdrawn_at from control where org_id = $1', [
        tx.org.id,
      ]),
    ),
    Promise.all(controlReporters.map((reporter) => reporter.report(tx))),
  ])
  const failing = new Set<Id>(
    reports.flatMap((report) =>
      [...report].filter(([, { tests }]) => tests?.some((test) => !test.passed)).map(([id]) => id),
    ),
  )
  return new Map(
    rows.map((row) => [
      row.id,
      {
        id: row.id,
        ref: row.ref,
        title:
          row.release === null ? row.title : (catalogueOf(row.release).control(row.ref)?.title[language] ?? row.title),
        works:
          row.withdrawnAt === null &&
          row.applicability !== 'excluded' &&
          row.stated !== 'notImplemented' &&
          row.stated !== 'planned' &&
          !failing.has(row.id),
      },
    ]),
  )
}
