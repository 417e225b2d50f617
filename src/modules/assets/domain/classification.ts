import { type Change, changed, created, type RecordRow } from '#kernel/change.ts'
import type { Id } from '#kernel/id.ts'
import { ok, type Result, refuse } from '#kernel/result.ts'
import type { Instant } from '#kernel/time.ts'

/** One level of the classification scheme (A.5.12) with the rules for handling what carries it (A.5.13). */
export interface ClassificationLevel extends RecordRow {
  readonly id: Id<'classification'>
  readonly name: string
  readonly rank: number
  readonly description: string
  readonly handling: string
  readonly withdrawnAt: Instant | null
}

export type ClassificationFields = Pick<ClassificationLevel, 'name' | 'rank' | 'description' | 'handling'>

/** A scheme to start from, offered and never imposed. */
export const suggestedScheme: Readonly<Record<'en' | 'de', readonly ClassificationFields[]>> = {
  en: [
    {
      rank: 1,
      name: 'Public',
      description: 'Meant for everybody; becoming known does no harm.',
      handling: 'No restriction. Check correctness before publishing.',
    },
    {
      rank: 2,
      name: 'Internal',
      description: 'For everybody who works here; becoming known outside is unpleasant.',
      handling: 'Share inside freely, outside only for a purpose. Keep in company systems.',
    },
    {
      rank: 3,
      name: 'Confidential',
      description: 'For named groups; becoming known harms customers, people or the business.',
      handling: 'Access by need. Encrypt in transit and on portable media. Dispose of by shredding or secure deletion.',
    },
    {
      rank: 4,
      name: 'Strictly confidential',
      description: 'For named persons; becoming known threatens the organization.',
      handling: 'Access list kept by the owner. Encrypt at rest and in transit. No copies without the owner’s consent.',
    },
  ],
  de: [
    {
      rank: 1,
      name: 'Öffentlich',
      description: 'Für alle bestimmt; ein Bekanntwerden schadet nicht.',
      handling: 'Keine Einschränkung. Vor Veröffentlichung auf Richtigkeit prüfen.',
    },
    {
      rank: 2,
      name: 'Intern',
      description: 'Für alle, die hier arbeiten; ein Bekanntwerden nach außen ist unangenehm.',
      handling: 'Innen frei, nach außen nur zweckgebunden weitergeben. In Systemen des Unternehmens halten.',
    },
    {
      rank: 3,
      name: 'Vertraulich',
      description: 'Für benannte Gruppen; ein Bekanntwerden schadet Kunden, Menschen oder dem Geschäft.',
      handling:
        'Zugriff nach Bedarf. Bei Übertragung und auf mobilen Medien verschlüsseln. Schreddern oder sicher löschen.',
    },
    {
      rank: 4,
      name: 'Streng vertraulich',
      description: 'Für benannte Personen; ein Bekanntwerden bedroht die Organisation.',
      handling:
        'Zugriffsliste beim Eigentümer. Ruhend und bei Übertragung verschlüsseln. Kopien nur mit Zustimmung des Eigentümers.',
    },
  ],
}

/** Adds a level to the scheme. A rank or name in use is refused as a duplicate by the store. */
export function addLevel(
  key: Pick<ClassificationLevel, 'id' | 'orgId'>,
  fields: ClassificationFields,
): Change<ClassificationLevel> {
  return created('classification_level', { ...key, ...fields, version: 1, withdrawnAt: null }, 'classification.added')
}

export function changeLevel(
  level: ClassificationLevel,
  patch: Partial<ClassificationFields>,
): Result<Change<ClassificationLevel>> {
  return ok(changed('classification_level', level, patch, 'classification.changed'))
}

/** Takes a level out of the scheme. Refused while assets carry it. */
export function withdrawLevel(
  level: ClassificationLevel,
  assetsWithIt: number,
  now: Instant,
  reason: string,
): Result<Change<ClassificationLevel>> {
  if (assetsWithIt > 0) {
    return refuse(
      'classification.in_use',
      `${assetsWithIt} ${assetsWithIt === 1 ? 'asset is' : 'assets are'} classified “${level.name}”: give them another level first.`,
      { name: level.name, assets: assetsWithIt },
    )
  }
  return ok(changed('classification_level', level, { withdrawnAt: now }, 'classification.withdrawn', reason))
}
