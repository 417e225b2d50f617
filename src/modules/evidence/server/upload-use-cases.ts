import type { Readable } from 'node:stream'
import { defined } from '#kernel/change.ts'
import { type Actor, grantFor, grantForNew } from '#platform/access/policy.ts'
import type { QueryOf, RouteContract } from '#platform/contract/route.ts'
import { statement } from '#platform/db/database.ts'
import type { Tx } from '#platform/db/transaction.ts'
import { downloadHeaders, parseRange } from '#platform/files/download-headers.ts'
import { safeFileName } from '#platform/files/file-name.ts'
import type { FileStore } from '#platform/files/file-store.ts'
import {
  type Can,
  type DownloadCall,
  downloadUseCase,
  type UploadCall,
  uploadUseCase,
} from '#platform/http/use-case.ts'
import { orRefuse, RefusalError } from '#platform/refusal/refusal-error.ts'
import { evidence, maxUploadBytes } from '../contract.ts'
import type { Artefact, ArtefactContent, ArtefactFields } from '../domain/artefact.ts'
import { addArtefact, captureLink } from '../domain/artefact-steps.ts'
import { recogniseContent } from '../domain/recognise-content.ts'
import { artefactRecord } from './records.ts'
import { lockContent, requireStored } from './unrecorded-files.ts'
import { fieldsBy, momentOf, resolve } from './use-cases.ts'
import { showArtefact } from './views.ts'

/** What this module needs besides a transaction. */
export interface EvidenceServices {
  readonly files: FileStore
}

// Stands for content that is still on its way.
const unseen: ArtefactContent = { sha256: '0'.repeat(64), bytes: 1, fileName: 'file', mediaType: 'text/plain' }

export const uploadEvidenceUseCase = uploadUseCase(
  evidence.upload,
  async (call: UploadCall<typeof evidence.upload, EvidenceServices>) => {
    const { query, actor, withTx } = call
    const { separateBecause = '' } = query
    // First what can be refused without the bytes: nobody should send a gigabyte to learn of a missing field.
    await withTx('read', async ({ tx, permission, can }) => {
      orRefuse(grantForNew(permission))
      const key = { id: tx.newId<'artefact'>(), orgId: tx.org.id, ref: '' }
      orRefuse(addArtefact(key, await statedFields(tx, actor, query, can), unseen, momentOf(tx)))
    })
    const content = await receive(call, query.fileName)
    return withTx('write', async ({ tx, permission, can }) => {
      const grant = orRefuse(grantForNew(permission))
      // Two uploads of the same content at once wait for each other, so that the second recognises the first.
      await lockContent(tx, content.sha256)
      await requireStored(call.services.files, tx.org.id, content.sha256)
      const asker = { can, me: actor.personId }
      const fields = await statedFields(tx, actor, query, can)
      // What is seen, tested or heard is more than the file noted down with it, so only plain files are recognised.
      const known =
        fields.kind === 'file'
          ? recogniseContent(content, await sameContent(tx, content.sha256), separateBecause)
          : undefined
      if (known) return { outcome: 'recognised' as const, artefact: await showArtefact(tx, known.id, asker) }
      const key = { id: tx.newId<'artefact'>(), orgId: tx.org.id, ref: await tx.nextRef(grant, 'E') }
      await tx.commit(grant, addArtefact(key, fields, content, momentOf(tx), separateBecause.trim() || null))
      return { outcome: 'added' as const, artefact: await showArtefact(tx, key.id, asker) }
    })
  },
)

export const captureEvidenceUseCase = uploadUseCase(
  evidence.capture,
  async (call: UploadCall<typeof evidence.capture, EvidenceServices>) => {
    const { params, query, actor, withTx } = call
    await withTx('read', async ({ tx, permission }) => {
      const artefact = await tx.get(artefactRecord, params.artefactId)
      orRefuse(grantFor(permission, artefactRecord.owners(artefact)))
      orRefuse(captureLink(artefact, unseen, tx.now))
    })
    const content = await receive(call, query.fileName)
    return withTx('write', async ({ tx, permission, can }) => {
      const { row, grant } = await tx.lock(permission, artefactRecord, params.artefactId)
      await lockContent(tx, content.sha256)
      await requireStored(call.services.files, tx.org.id, content.sha256)
      await tx.commit(grant, captureLink(row, content, tx.now))
      return showArtefact(tx, row.id, { can, me: actor.personId })
    })
  },
)

export const downloadEvidenceUseCase = downloadUseCase(
  evidence.download,
  async ({ tx, params, range: asked, services }: DownloadCall<typeof evidence.download, EvidenceServices>) => {
    // Found by id in this organization first: a hash alone opens nothing.
    const artefact = await tx.get(artefactRecord, params.artefactId)
    const { ref, sha256, bytes, fileName, mediaType } = artefact
    if (sha256 === null || bytes === null || fileName === null || mediaType === null) {
      throw new RefusalError({
        code: 'evidence_file.not_found',
        message: `${ref} holds no file.`,
        facts: { ref },
      })
    }
    const range = parseRange(asked, bytes)
    if (range === 'unsatisfiable') {
      throw new RefusalError({
        code: 'files.range_not_satisfiable',
        message: `The requested part lies beyond the end of the file, which has ${bytes} bytes.`,
        facts: { bytes },
      })
    }
    const part = range === null ? {} : { range }
    const { id: org } = tx.org
    return {
      headers: downloadHeaders(fileName, mediaType, { sha256, bytes, ...part }),
      open: async () => orRefuse(await services.files.get(org, sha256, range ?? undefined)).stream,
    }
  },
)

type Upload = Pick<UploadCall<RouteContract, EvidenceServices>, 'services' | 'actor' | 'signal' | 'bytes'> & {
  readonly body: Readable
}

async function receive({ services, actor, body, bytes, signal }: Upload, fileName: string): Promise<ArtefactContent> {
  const stored = orRefuse(
    await services.files.put(actor.org.id, body, {
      maxBytes: maxUploadBytes,
      signal,
      ...(bytes === null ? {} : { expectedBytes: bytes }),
    }),
  )
  return {
    sha256: stored.sha256,
    bytes: stored.bytes,
    fileName: safeFileName(fileName),
    mediaType: stored.detectedType,
  }
}

async function statedFields(
  tx: Tx,
  actor: Actor,
  query: QueryOf<typeof evidence.upload>,
  can: Can,
): Promise<ArtefactFields> {
  const { fileName, title, kind, separateBecause: _reason, ...stated } = query
  return {
    ...fieldsBy(actor, tx),
    ...(await resolve(tx, defined(stated), can)),
    kind,
    title: title ?? safeFileName(fileName).slice(0, 200),
  }
}

async function sameContent(tx: Tx, sha256: string): Promise<Artefact[]> {
  return tx.rows<Artefact>(
    statement('select * from artefact where org_id = $1 and sha256 = $2 and withdrawn_at is null', [tx.org.id, sha256]),
  )
}
