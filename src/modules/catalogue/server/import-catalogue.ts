import type pg from 'pg'
import { withClient } from '#platform/db/with-client.ts'
import type { Release } from '../domain/release.ts'
import { readRelease, releaseHash, releaseNames } from './read-release.ts'

interface Entry {
  readonly ref: string
  readonly kind: 'clause' | 'requirement' | 'control'
  readonly parent: string | null
  readonly title: object
}

/**
 * Brings the catalogue of a database up to the releases this program comes with, as its owner, each in one transaction;
 * nothing happens for a release that is there already. Wording may be mended; throws when a release has lost a reference
 * records may point at, or means something else by it.
 * @returns the releases that were filled or refreshed
 */
export async function importCatalogue(owner: pg.ClientConfig): Promise<string[]> {
  return withClient(owner, async (client) => {
    const known = await client.query<{ id: string; content_hash: string }>(
      'select id, content_hash from catalogue.release',
    )
    const hashes = new Map(known.rows.map((row) => [row.id, row.content_hash]))
    const done: string[] = []
    for (const name of releaseNames()) {
      const contentHash = releaseHash(name)
      if (hashes.get(name) === contentHash) continue
      await fill(client, readRelease(name), contentHash)
      done.push(name)
    }
    return done
  })
}

async function fill(client: pg.Client, release: Release, contentHash: string): Promise<void> {
  await client.query('begin')
  try {
    await client.query('select pg_advisory_xact_lock(7271)')
    await client.query(
      `insert into catalogue.release (id, framework, title, content_hash) values ($1, $2, $3, $4)
       on conflict (id) do update set title = excluded.title, content_hash = excluded.content_hash`,
      [release.id, release.framework, release.title, contentHash],
    )
    const entries = entriesOf(release)
    const lost = await client.query<{ ref: string }>(
      'select ref from catalogue.entry where release = $1 and not ref = any($2)',
      [release.id, entries.map((entry) => entry.ref)],
    )
    if (lost.rows.length > 0) {
      const refs = lost.rows.map((row) => row.ref).join(', ')
      throw new Error(`Release ${release.id} no longer holds ${refs}: a release keeps its references; make a new one.`)
    }
    const moved = await client.query<{ ref: string }>(
      `select e.ref from catalogue.entry e
       join jsonb_to_recordset($2) as x (ref text, kind text, parent text) on x.ref = e.ref
       where e.release = $1 and (e.kind, coalesce(e.parent, '')) <> (x.kind, coalesce(x.parent, ''))`,
      [release.id, JSON.stringify(entries)],
    )
    if (moved.rows.length > 0) {
      const refs = moved.rows.map((row) => row.ref).join(', ')
      throw new Error(`Release ${release.id} places ${refs} elsewhere than before: put corrections into a new release.`)
    }
    await client.query(
      `insert into catalogue.entry (release, ref, kind, parent, position, title)
       select $1, x.ref, x.kind, x.parent, x.position, x.title
       from jsonb_to_recordset($2) as x (ref text, kind text, parent text, position int, title jsonb)
       on conflict (release, ref) do update
         set kind = excluded.kind, parent = excluded.parent, position = excluded.position, title = excluded.title`,
      [release.id, JSON.stringify(entries.map((entry, position) => ({ ...entry, position })))],
    )
    await client.query('commit')
  } catch (error) {
    await client.query('rollback')
    throw error
  }
}

function entriesOf(release: Release): Entry[] {
  const clauses = release.clauses.flatMap((clause): Entry[] => [
    { ref: clause.ref, kind: 'clause', parent: clause.parent, title: clause.title },
    ...clause.requirements.map(
      (one): Entry => ({ ref: one.ref, kind: 'requirement', parent: clause.ref, title: one.summary }),
    ),
  ])
  const controls = release.controls.map(
    (one): Entry => ({ ref: one.ref, kind: 'control', parent: one.theme, title: one.title }),
  )
  return [...clauses, ...controls]
}
