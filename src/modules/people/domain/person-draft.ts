import type { ChoiceDraft, DateDraft } from '#kernel/import/row-reader.ts'

/** Whom a row names as manager: a person of the directory, or another line of the same file. */
export interface ManagerDraft {
  readonly text: string
  readonly personId: string | null
  readonly line: number | null
}

/** What a row of a staff list becomes. */
export interface PersonDraft {
  /** Number the file knows the person by (personnel number). */
  readonly ref: string | null
  readonly name: string
  readonly email: string | null
  readonly jobTitle: string | null
  readonly team: string | null
  readonly location: string | null
  readonly manager: ManagerDraft | null
  /** employee, contractor or external. */
  readonly employment: ChoiceDraft | null
  readonly status: ChoiceDraft | null
  readonly startDate: DateDraft | null
  readonly endDate: DateDraft | null
  readonly raw: Readonly<Record<string, string>>
}
