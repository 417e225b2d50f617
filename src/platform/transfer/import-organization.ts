import type { ClientBase, ClientConfig } from 'pg'
import type { OrgId } from '#kernel/id.ts'
import { ok, type Result, refuse } from '#kernel/result.ts'
import type { Instant } from '#kernel/time.ts'
import { commandLine } from '#platform/access/system-actors.ts'
import { type OwnerSession, openOwnerSession } from '#platform/db/database.ts'
import { orderErasure } from '#platform/files/erasure-order.ts'
import type { FileStore } from '#platform/files/file-store.ts'
import { requireSlug } from '#platform/identity/organizations.ts'
import { verifyLedger } from '#platform/ledger/verify.ts'
import { orRefuse, RefusalError } from '#platform/refusal/refusal-error.ts'
import { type Adaptation, adapt } from './adapt.ts'
import { historyFault } from './check-history.ts'
import {
  type TransferFile,
  type TransferMeta,
  transferCounter,
  transferFile,
  transferFormat,
  transferMeta,
} from './format.ts'
import { type JsonElement, JsonMalformed, jsonElements } from './json-elements.ts'
import { damaged, Loader, tenantColumns } from './load-rows.ts'
import { type OpenPackage, openPackage } from './open-package.ts'

export interface OrganizationImport {
  /** The exported zip file or JSON document. */
  readonly file: string
  /** Another short name, where the organization's own is taken. */
  readonly slug: string | null
  /** Whether the records may come without their files, which are then missing. */
  readonly withoutFiles: boolean
  /** A head of the ledger noted at the time of the export: finds out a file that was rewritten as a whole. */
  readonly noted: { readonly seq: number; readonly hash: string } | null
  /** Connects as the owner of the tables. */
  readonly owner: ClientConfig
  readonly store: FileStore
  /** Number of the newest migration of this installation. */
  readonly schema: number
  readonly now: Instant
}

export interface ImportedOrganization {
  readonly slug: string
  readonly name: string
  readonly rows: number
  readonly entries: number
  readonly files: number
  /** Addresses of the people who had access where it comes from. None has here before they are invited. */
  readonly members: readonly string[]
}

const largestValue = 64 * 1024 ** 2
const batchBytes = 2 * 1024 ** 2
const importer = { kind: commandLine.kind, id: null, name: commandLine.name } as const

/**
 * Brings an exported organization into this installation, beside others. Chain and contents of its ledger are checked
 * and the records compared with it before anything stays; database last and in one transaction, so that after a refusal
 * the installation is as before.
 *
 * Nobody gains access by it: members belong to accounts of the installation the file comes from. Where an account here
 * happens to have the same id, the membership is ended in the ledger.
 * Refusals: `transfer.not_found`, `transfer.not_an_export`, `transfer.newer`, `transfer.damaged`,
 * `transfer.schema_differs`, `transfer.tampered`, `transfer.exists`, `transfer.files_missing`,
 * `organization.slug_taken`, `organization.slug_form`, and those of `FileStore.put`.
 */
export async function importOrganization(request: OrganizationImport): Promise<Result<ImportedOrganization>> {
  const opened = await openPackage(request.file)
  if (!opened.ok) return opened
  let session: OwnerSession | null = null
  try {
    session = await openOwnerSession(request.owner)
    return ok(await load(request, opened.value, session))
  } catch (error) {
    if (error instanceof RefusalError) return { ok: false, refusal: error.refusal }
    if (error instanceof JsonMalformed) return notAnExport(request.file, error.message)
    throw error
  } finally {
    await session?.close()
    opened.value.close()
  }
}

const notAnExport = (file: string, why: string): ReturnType<typeof refuse> =>
  refuse(
    'transfer.not_an_export',
    `${file} is not the export of an organization, or damaged: ${why}. Nothing was written.`,
    {
      file,
    },
  )

async function load(
  request: OrganizationImport,
  from: OpenPackage,
  session: OwnerSession,
): Promise<ImportedOrganization> {
  const { client } = session
  const elements = jsonElements(readable(from.records(), request.file), ['tables'], largestValue)
  await client.query('begin')
  let org: OrgId | null = null
  try {
    const meta = await metaFrom(elements, request)
    org = meta.organization.id as OrgId
    await refuseTwice(client, org)
    const columns = await tenantColumns(client)
    const loader = new Loader(client, org, columns)
    await loader.begin()
    const counts = await readInto(loader, elements)
    await loader.head(meta.head)
    const slug = await chooseSlug(request, client, org)
    await loader.settle()
    if (slug !== meta.organization.slug) await recordSlug(request, client, org, slug)
    await refuseTampered(request, session, org, columns)
    const members = await settleMembers(request, client, org)
    // Files are named by content and belong to nobody until the rows are there.
    await storeFiles(request, from, org, counts.files)
    await client.query('commit')
    // Without statistics the first queries would take the slowest way.
    await client.query(`analyze ledger_entry, ${[...loader.tables].map((table) => `public.${table}`).join(', ')}`)
    const { rows, entries, files } = counts
    return {
      slug,
      name: meta.organization.name,
      rows,
      entries,
      files: request.withoutFiles ? 0 : files.length,
      members,
    }
  } catch (error) {
    await client.query('rollback').catch(() => undefined)
    throw error
  }
}

// What cannot be unpacked is said like what cannot be parsed.
async function* readable(source: AsyncIterable<Uint8Array>, file: string): AsyncGenerator<Uint8Array> {
  try {
    yield* source
  } catch (error) {
    throw new JsonMalformed(`${file} cannot be read to its end (${(error as Error).message})`)
  }
}

async function metaFrom(elements: AsyncGenerator<JsonElement>, request: OrganizationImport): Promise<TransferMeta> {
  const first = await elements.next()
  const parsed =
    first.done !== true && first.value.path.join('.') === 'meta' ? transferMeta.safeParse(parse(first.value)) : null
  if (!parsed?.success) throw new RefusalError(notAnExport(request.file, 'it does not begin with “meta”').refusal)
  const { format, schema, appVersion } = parsed.data
  if (format > transferFormat || schema > request.schema) {
    throw new RefusalError({
      code: 'transfer.newer',
      message: `The file was made by Plumbline ${appVersion}, which is newer than this one. Install that version or a later one, then import it.`,
      facts: { appVersion, format, schema },
    })
  }
  return parsed.data
}

function parse({ path, text }: JsonElement): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw new JsonMalformed(`a value in ${path.join('.')} is no JSON`)
  }
}

async function refuseTwice(client: ClientBase, org: OrgId): Promise<void> {
  const { rows } = await client.query<{ slug: string; name: string }>(
    'select slug, name from organization where org_id = $1',
    [org],
  )
  const [found] = rows
  if (!found) return
  throw new RefusalError({
    code: 'transfer.exists',
    message: `This organization is here already, as ${found.name} (${found.slug}): nothing was changed. Import it into another installation.`,
    facts: { slug: found.slug },
  })
}

interface Counts {
  readonly rows: number
  readonly entries: number
  readonly files: readonly TransferFile[]
}

async function readInto(loader: Loader, elements: AsyncGenerator<JsonElement>): Promise<Counts> {
  const files: TransferFile[] = []
  let rows = 0
  let entries = 0
  let lastEntry = 'none'
  let place = ''
  let held: JsonElement[] = []
  let heldBytes = 0
  const flush = async (): Promise<void> => {
    const [first] = held
    if (first === undefined) return
    const texts = held.map(({ text }) => text)
    if (first.path[0] === 'ledger') {
      await loader.entries(texts, lastEntry)
      entries += texts.length
      lastEntry = String((parse(held.at(-1) as JsonElement) as { seq?: unknown }).seq)
    } else {
      await loader.stage(first.path[1] ?? '', texts)
      rows += texts.length
    }
    held = []
    heldBytes = 0
  }
  for await (const element of elements) {
    const [member = '', table, ...deeper] = element.path
    const value = parse(element)
    if (member === 'tables' && table !== undefined && deeper.length === 0) {
      loader.checkRow(table, value)
    } else if (member === 'counters') {
      await loader.counters([valid(transferCounter, value, 'counters')])
      continue
    } else if (member === 'files') {
      files.push(valid(transferFile, value, 'files'))
      continue
    } else if (member === 'ledger') {
      loader.checkEntry(value)
    } else {
      throw damaged(`it has a part “${element.path.join('.').slice(0, 60)}” that no export has.`)
    }
    const here = element.path.join('.')
    if (here !== place || heldBytes > batchBytes) await flush()
    place = here
    held.push(element)
    heldBytes += element.text.length
  }
  await flush()
  return { rows, entries, files }
}

function valid<T>(
  schema: { safeParse(value: unknown): { success: boolean; data?: T } },
  value: unknown,
  where: string,
): T {
  const parsed = schema.safeParse(value)
  if (!parsed.success) throw damaged(`an element of “${where}” is not what it should be.`)
  return parsed.data as T
}

async function refuseTampered(
  request: OrganizationImport,
  { client, connection }: OwnerSession,
  org: OrgId,
  columns: Awaited<ReturnType<typeof tenantColumns>>,
): Promise<void> {
  const { faults, head } = await verifyLedger(connection, org, request.noted)
  const sentences = faults.map((fault) => fault.sentence)
  if (sentences.length === 0 && head === null) sentences.push('It has no ledger.')
  if (sentences.length === 0) {
    const fault = await historyFault(client, org, columns)
    if (fault !== null) sentences.push(fault)
  }
  if (sentences.length === 0) return
  throw tampered(sentences)
}

function tampered(sentences: readonly string[]): RefusalError {
  const more = sentences.length > 5 ? [`And ${sentences.length - 5} more.`] : []
  return new RefusalError({
    code: 'transfer.tampered',
    message: ['The file is not what was exported. Nothing was written.', ...sentences.slice(0, 5), ...more].join(' '),
    facts: { faults: sentences.slice(0, 50) },
  })
}

/** The short name to go by here. Where it is another one, the row set aside takes it, for two cannot share one. */
async function chooseSlug(request: OrganizationImport, client: ClientBase, org: OrgId): Promise<string> {
  const { rows } = await client.query<{ slug: string; demo: boolean; told: boolean }>(
    `select o.slug, o.demo, to_jsonb(o) = to_jsonb(jsonb_populate_record(null::public.organization, (
       select l.after from ledger_entry l
       where l.org_id = $1 and l.record_type = 'organization' and l.record_id = $1 order by l.seq desc limit 1))) as told
     from incoming r cross join lateral jsonb_populate_record(null::public.organization, r.row) o
     where r.table_name = 'organization'`,
    [org],
  )
  const [own] = rows
  if (!own || rows.length > 1) throw damaged('it does not hold exactly one organization.')
  const slug = orRefuse(requireSlug(request.slug ?? own.slug, own.demo))
  const taken = await client.query<{ name: string }>('select name from organization where slug = $1', [slug])
  const [other] = taken.rows
  if (other) {
    throw new RefusalError({
      code: 'organization.slug_taken',
      message: `The short name “${slug}” belongs to ${other.name} here: choose another one with --slug. Nothing was written.`,
      facts: { slug },
    })
  }
  if (slug === own.slug) return slug
  if (!own.told) throw tampered(['The organization itself is not what the ledger says.'])
  await client.query(
    `update incoming set row = row || jsonb_build_object('slug', $1::text, 'version', (row ->> 'version')::int + 1)
     where table_name = 'organization'`,
    [slug],
  )
  return slug
}

const recordSlug = ({ now }: OrganizationImport, client: ClientBase, org: OrgId, slug: string): Promise<void> =>
  adapt(client, org, now, importer, [
    {
      table: 'organization',
      id: org,
      patch: { slug },
      action: 'organization.changed',
      reason: 'Imported under another short name.',
    },
  ])

async function settleMembers(request: OrganizationImport, client: ClientBase, org: OrgId): Promise<string[]> {
  const { rows } = await client.query<{ id: string; email: string; known: boolean }>(
    `select m.id, m.email, a.id is not null as known
     from membership m left join identity.account a on a.id = m.account_id
     where m.org_id = $1 and m.ended_at is null order by m.email collate "C"`,
    [org],
  )
  const change = ({ id }: { id: string }): Adaptation => ({
    table: 'membership',
    id,
    patch: { ended_at: request.now },
    action: 'member.ended',
    reason: 'Imported: access is given in this installation anew, by invitation.',
  })
  await adapt(client, org, request.now, importer, rows.filter(({ known }) => known).map(change))
  return rows.map(({ email }) => email)
}

async function storeFiles(
  { store, withoutFiles, file }: OrganizationImport,
  from: OpenPackage,
  org: OrgId,
  files: readonly TransferFile[],
): Promise<void> {
  if (withoutFiles) return
  const stored: string[] = []
  try {
    for (const { sha256, bytes } of files) {
      const content = await from.file(sha256)
      if (content === null) {
        throw new RefusalError({
          code: 'transfer.files_missing',
          message: `The organization has ${files.length} files, but ${sha256} is not in ${from.filesIn}. Put it there, or import the records alone with --no-files. Nothing was written.`,
          facts: { file, sha256 },
        })
      }
      // An export of a file without content cannot be: the store keeps none.
      const put = orRefuse(await store.put(org, content, { maxBytes: Math.max(bytes, 1), expectedBytes: bytes }))
      if (!put.duplicate) stored.push(put.sha256)
      if (put.sha256 !== sha256) throw damaged(`the content of the file ${sha256} is another.`, { sha256 })
    }
  } catch (error) {
    const order = orRefuse(orderErasure('import', 'The import these files belong to was refused.'))
    for (const sha256 of stored) await store.erase(org, sha256, order).catch(() => undefined)
    throw error
  }
}
