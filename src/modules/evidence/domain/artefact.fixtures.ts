import type { Id, OrgId } from '#kernel/id.ts'
import type { Instant, LocalDate } from '#kernel/time.ts'
import { type Artefact, blankArtefact, type Moment } from './artefact.ts'

/** 1 April 2026 begins in Berlin two hours before it does in UTC. */
export const moment: Moment = { now: '2026-03-31T22:30:00.000Z' as Instant, zone: 'Europe/Berlin' }
export const today = '2026-04-01' as LocalDate
export const day = (text: string): LocalDate => text as LocalDate
export const instant = (text: string): Instant => text as Instant
export const person = (name: string): Id<'person'> => name as Id<'person'>
export const orgId = '0193b5a0-0000-7000-8000-000000000001' as OrgId

/** A file uploaded by Anna on 1 March, unless the test says otherwise. */
export function buildArtefact(fields: Partial<Artefact> = {}): Artefact {
  return {
    ...blankArtefact,
    id: '0193b5a0-0000-7000-8000-0000000000aa' as Id<'artefact'>,
    orgId,
    version: 1,
    ref: 'E-1',
    kind: 'file',
    title: 'Access review Q1',
    collectedAt: instant('2026-03-01T09:00:00.000Z'),
    collectorId: person('anna'),
    sha256: 'a'.repeat(64),
    bytes: 10,
    fileName: 'review.pdf',
    mediaType: 'application/pdf',
    conclusion: '',
    verdict: null,
    concludedBy: null,
    concludedOn: null,
    withdrawnAt: null,
    ...fields,
  }
}
