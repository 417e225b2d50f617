import type { Id } from '#kernel/id.ts'
import type { Tx } from '#platform/db/transaction.ts'
import type { ControlStanding } from '../domain/treatment.ts'

/** What the risk module asks of controls: their name, and where their records say that they stand. */
export interface ControlFacts {
  readonly id: Id<'control'>
  readonly ref: string
  readonly title: string
  readonly standing: ControlStanding
  /** False where the records contradict that it is at work; approvals take a live control for failing then. */
  readonly works: boolean
}

/**
 * All controls of the organization, in one statement.
 * @param language of the titles of Annex A; the organization's when not said
 */
export type ControlDirectory = (tx: Tx, language?: 'en' | 'de') => Promise<ReadonlyMap<Id<'control'>, ControlFacts>>

/** The controls that can be named, in the order of their references. */
export type ControlChoices = (tx: Tx) => Promise<readonly ControlFacts[]>

let directory: ControlDirectory = async () => new Map()

let choices: ControlChoices = async () => []

/** The controls module, which comes later, publishes its directory and the choices here; `app` connects the two. */
export function publishControlDirectory(published: ControlDirectory, publishedChoices: ControlChoices): void {
  directory = published
  choices = publishedChoices
}

/** The choices as published; none when there is no controls module. */
export const controlChoices: ControlChoices = (tx) => choices(tx)

/** The controls as published; none when there is no controls module. */
export const controlDirectory: ControlDirectory = (tx, language) => directory(tx, language)
