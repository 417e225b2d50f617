const prefix = 'plumbline.draft.'
/** Drafts older than this are not offered any more. */
const maxAge = 30 * 86_400_000

interface Draft {
  readonly at: number
  readonly values: unknown
}

/** Keeps what is being typed in this browser; silently does nothing where storage is full or blocked. */
export function saveDraft(key: string, values: unknown, now = Date.now()): void {
  try {
    localStorage.setItem(prefix + key, JSON.stringify({ at: now, values } satisfies Draft))
  } catch {
    // A draft is a convenience.
  }
}

/** The draft of a form, or null. */
export function findDraft(key: string, now = Date.now()): unknown {
  try {
    const text = localStorage.getItem(prefix + key)
    if (text === null) return null
    const draft = JSON.parse(text) as Draft
    return now - draft.at > maxAge ? null : draft.values
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
