import { catalogueOf, defaultRelease } from '#modules/catalogue/server/reader.ts'
import type { Grant } from '#platform/access/policy.ts'
import type { Tx } from '#platform/db/transaction.ts'
import { adoptControl } from '../domain/control.ts'

/** Gives a new organization the 93 controls of Annex A, nothing decided about them. */
export async function adoptAnnexA(tx: Tx, grant: Grant): Promise<void> {
  const { release } = catalogueOf(defaultRelease)
  await tx.commit(
    grant,
    release.controls.map(({ ref, theme }) =>
      adoptControl({ id: tx.newId<'control'>(), orgId: tx.org.id, ref }, { release: release.id, theme }),
    ),
  )
}
