const prefix = 'plumbline.draft.'
/** Drafts older than this are not offered any more. */
const maxAge = 30 * 86_400_000

/** What was typed, and the record it was typed over. */
export interface DraftText {
  readonly values: unknown
  readonly base: unknown
  /** Version of the record it was typed over; none where something new is being written. */
  readonly version?: number | undefined
}

interface Draft extends DraftText {
  readonly at: number
}

/** Keeps what is being typed in this browser; silently does nothing where storage is full or blocked. */
export function saveDraft(key: string, text: DraftText, now = Date.now()): void {
  try {
    localStorage.setItem(prefix + key, JSON.stringify({ at: now, ...text } satisfies Draft))
  } catch {
    // A draft is a convenience.
  }
}

/** The draft of a form, or null. */
export function findDraft(key: string, now = Date.now()): DraftText | null {
  try {
    const text = localStorage.getItem(prefix + key)
    if (text === null) return null
    const draft = JSON.parse(text) as Draft
    return now - draft.at > maxAge ? null : draft
  } catch {
    return null
  }
}

/** Forgets a draft once it is saved or thrown away. */
export function dropDraft(key: string): void {
  try {
    localStorage.removeItem(prefix + key)
  } catch {
    // Nothing was kept.
  }
}

/** Forgets every draft in this browser: on signing out, so that the next person at this machine reads none. */
export function dropAllDrafts(): void {
  try {
    for (const key of Object.keys(localStorage)) if (key.startsWith(prefix)) localStorage.removeItem(key)
  } catch {
    // Nothing was kept.
  }
}
