import { z } from 'zod'
import { registerExport } from '#platform/contract/register-export.ts'
import { route } from '#platform/contract/route.ts'
import {
  date,
  id,
  instant,
  line,
  listQuery,
  pageOf,
  personRef,
  prose,
  sha256,
  text,
} from '#platform/contract/schemas.ts'
import { artefactKinds, outcomes, verdicts } from './domain/artefact.ts'
import { notCountedReasons } from './domain/evidence-lines.ts'
import { freshnesses } from './domain/freshness.ts'

/** Largest file the API takes, in bytes: 1 GiB. */
export const maxUploadBytes = 1024 ** 3

const artefactId = z.object({ artefactId: id('artefact') })
const kind = z.enum(artefactKinds)
const outcome = z.enum(outcomes)
const verdict = z.enum(verdicts)
const freshness = z.enum(freshnesses)
const fileName = text(1000)

// A record of this system by the id it has in the API, whatever its type.
const recordId = z.string().regex(/^[a-z_]{1,60}_[0-9a-f]{32}$/, { error: 'is not the id of a record' })

const fields = {
  title: line(),
  description: prose(),
  source: text(200),
  collectorId: id('person').nullable(),
  collectedAt: instant(),
  population: text(500),
  populationCount: z.number().int().min(0).max(1_000_000_000).nullable(),
  periodFrom: date().nullable(),
  periodTo: date().nullable(),
  effectiveOn: date().nullable(),
  validUntil: date().nullable(),
  classificationId: id('classification').nullable(),
  ownerId: id('person').nullable(),
  url: text(2000).nullable(),
  recordId: recordId.nullable(),
  outcome: outcome.nullable(),
  intervieweeId: id('person').nullable(),
  intervieweeText: text(200),
}

// The same in a query string, where what is not given is left out and numbers are text.
const uploadQuery = z.object({
  fileName: fileName.min(1, { error: 'is empty' }),
  kind: z.enum(['file', 'link', 'testResult', 'observation', 'interview']).default('file'),
  /** Without one the file’s name is the title. */
  title: line().optional(),
  description: fields.description.optional(),
  source: fields.source.optional(),
  collectorId: id('person').optional(),
  collectedAt: fields.collectedAt.optional(),
  population: fields.population.optional(),
  populationCount: z.coerce.number().int().min(0).max(1_000_000_000).optional(),
  periodFrom: date().optional(),
  periodTo: date().optional(),
  effectiveOn: date().optional(),
  validUntil: date().optional(),
  classificationId: id('classification').optional(),
  ownerId: id('person').optional(),
  url: text(2000).optional(),
  outcome: outcome.optional(),
  intervieweeId: id('person').optional(),
  intervieweeText: fields.intervieweeText.optional(),
  /** Why the same content is recorded once more; without it a file already known is recognised. */
  separateBecause: text(1000).optional(),
})

const file = z.object({
  sha256: sha256(),
  bytes: z.number().int(),
  name: z.string(),
  /** By content, never as claimed. */
  mediaType: z.string(),
})

/** An artefact as the list shows it. */
export const artefactItem = z.object({
  id: id('artefact'),
  ref: z.string(),
  version: z.number().int(),
  kind,
  title: z.string(),
  source: z.string(),
  collectedBy: z.enum(['person', 'connector']),
  collectedAt: instant(),
  periodFrom: date().nullable(),
  periodTo: date().nullable(),
  effectiveOn: date().nullable(),
  validUntil: date().nullable(),
  owner: personRef().nullable(),
  classification: z.object({ id: id('classification'), name: z.string(), rank: z.number().int() }).nullable(),
  url: z.string().nullable(),
  /** Content in the file store; null where there is none. */
  file: file.nullable(),
  outcome: outcome.nullable(),
  verdict: verdict.nullable(),
  /** Whether it still speaks for today, by its own dates. */
  freshness,
  /** What keeps it from counting wherever it is used; null when nothing does. */
  weakness: z.enum(notCountedReasons).nullable(),
  /** References of the controls it stands for. */
  controls: z.array(z.string()),
  withdrawnAt: instant().nullable(),
  can: z.object({ edit: z.boolean(), withdraw: z.boolean(), attach: z.boolean() }),
})

/** Where an artefact is used and what it is worth there. */
const use = z.object({
  type: z.literal('control'),
  /** Id of the record that uses it. */
  id: z.string(),
  ref: z.string(),
  title: z.string(),
  /** It is taken as covering a provider’s part. */
  assurance: z.boolean(),
  counts: z.boolean(),
  why: z.enum([...notCountedReasons, 'stale', 'withdrawn']).nullable(),
  can: z.object({ detach: z.boolean() }),
})

export const artefactView = artefactItem.extend({
  description: z.string(),
  collector: personRef().nullable(),
  population: z.string(),
  populationCount: z.number().int().nullable(),
  record: z
    .object({ type: z.string(), id: z.string(), ref: z.string().nullable(), title: z.string().nullable() })
    .nullable(),
  interviewee: personRef().nullable(),
  intervieweeText: z.string(),
  conclusion: z.string(),
  concludedBy: personRef().nullable(),
  concludedOn: date().nullable(),
  uses: z.array(use),
  /** Other artefacts with exactly this content. */
  copies: z.array(z.object({ id: id('artefact'), ref: z.string(), title: z.string() })),
})

const { title, ...optional } = fields

const listEvidence = route({
  name: 'evidence.list',
  method: 'GET',
  path: '/orgs/:org/evidence',
  action: 'evidence.read',
  summary: 'The register of evidence',
  query: listQuery(
    {
      kind: kind.optional(),
      ownerId: id('person').optional(),
      freshness: freshness.optional(),
      controlId: id('control').optional(),
      /** Stands for no control. */
      unattached: z.stringbool().optional(),
      withdrawn: z.stringbool().optional(),
    },
    ['ref', 'title', 'kind', 'collectedAt', 'effectiveOn', 'validUntil', 'owner', 'bytes'],
  ),
  response: pageOf(artefactItem, { create: z.boolean() }),
  timeTravel: true,
})

/** Routes of the evidence register. What ties it to controls is answered by the controls module, which knows them. */
export const evidence = {
  list: listEvidence,
  export: registerExport(listEvidence, {
    name: 'evidence.export',
    path: '/orgs/:org/exports/evidence',
    action: 'evidence.export',
    summary: 'The register of evidence as a document, with the filter of its list',
  }),
  show: route({
    name: 'evidence.show',
    method: 'GET',
    path: '/orgs/:org/evidence/:artefactId',
    action: 'evidence.read',
    summary: 'One artefact with its provenance, where it is used and what it is worth there',
    params: artefactId,
    response: artefactView,
    timeTravel: true,
  }),
  add: route({
    name: 'evidence.add',
    method: 'POST',
    path: '/orgs/:org/evidence',
    action: 'evidence.create',
    summary: 'Record a link, a record of this system, a test result, an observation or an interview',
    body: z.object({
      kind: z.enum(['link', 'testResult', 'record', 'observation', 'interview']),
      title,
      ...z.object(optional).partial().shape,
    }),
    response: artefactView,
    creates: true,
  }),
  upload: route({
    name: 'evidence.upload',
    method: 'POST',
    path: '/orgs/:org/evidence-files',
    action: 'evidence.create',
    summary: 'Upload a file as evidence, up to 1 GiB; content already known is recognised instead of recorded twice',
    query: uploadQuery,
    body: 'file',
    response: z.object({ outcome: z.enum(['added', 'recognised']), artefact: artefactView }),
  }),
  capture: route({
    name: 'evidence.capture',
    method: 'POST',
    path: '/orgs/:org/evidence/:artefactId/capture',
    action: 'evidence.edit',
    summary: 'Upload a copy of what a link shows; without one it shows nothing later',
    params: artefactId,
    query: z.object({ fileName: fileName.min(1, { error: 'is empty' }) }),
    body: 'file',
    response: artefactView,
  }),
  change: route({
    name: 'evidence.change',
    method: 'PATCH',
    path: '/orgs/:org/evidence/:artefactId',
    action: 'evidence.edit',
    summary: 'Correct what is stated about an artefact; kind and content stay',
    params: artefactId,
    body: z.object(fields).partial(),
    response: artefactView,
    ifMatch: true,
  }),
  conclude: route({
    name: 'evidence.conclude',
    method: 'POST',
    path: '/orgs/:org/evidence/:artefactId/conclude',
    action: 'evidence.edit',
    summary: 'Record what a person judged that an artefact shows',
    params: artefactId,
    body: z.object({ verdict, conclusion: text(5000) }),
    response: artefactView,
  }),
  usable: route({
    name: 'evidence.usable',
    method: 'GET',
    path: '/orgs/:org/evidence/:artefactId/usable',
    action: 'control.read',
    summary: 'Controls an artefact does not stand for yet',
    params: artefactId,
    response: z.object({
      items: z.array(
        z.object({
          id: id('control'),
          ref: z.string(),
          title: z.string(),
          can: z.object({ attach: z.boolean() }),
        }),
      ),
    }),
  }),
  attach: route({
    name: 'evidence.attach',
    method: 'POST',
    path: '/orgs/:org/evidence/:artefactId/attach',
    action: 'control.edit',
    summary: 'Let an artefact stand for several controls at once, all or none',
    params: artefactId,
    body: z.object({
      controlIds: z.array(id('control')).min(1).max(500),
      assurance: z.boolean().default(false),
    }),
    response: artefactView,
  }),
  detach: route({
    name: 'evidence.detach',
    method: 'POST',
    path: '/orgs/:org/evidence/:artefactId/detach',
    action: 'control.edit',
    summary: 'Take an artefact away from a control; both stay',
    params: artefactId,
    body: z.object({ controlId: id('control'), reason: text(1000).default('') }),
    response: artefactView,
  }),
  withdraw: route({
    name: 'evidence.withdraw',
    method: 'POST',
    path: '/orgs/:org/evidence/:artefactId/withdraw',
    action: 'evidence.withdraw',
    summary: 'Take an artefact out of use; it stays readable',
    params: artefactId,
    body: z.object({ reason: text(1000) }),
    response: artefactView,
  }),
  download: route({
    name: 'evidence.download',
    method: 'GET',
    path: '/orgs/:org/evidence/:artefactId/file',
    action: 'evidence.read',
    summary: 'The content of an artefact, as an attachment; a part of it with Range',
    params: artefactId,
    response: 'file',
  }),
} as const
