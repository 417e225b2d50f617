/** Keys typed between asking for the command menu and its field being ready. */
export interface TypeAhead {
  /** Begins to keep keys. */
  readonly begin: () => void
  /** Keeps a key; false when it is none of ours and should go its way. */
  readonly key: (event: Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey' | 'isComposing'>) => boolean
  /** What was typed so far; from now on keys go their way. */
  readonly take: () => string
}

/** Keeps what is typed while a field is on its way, so that a quick hand loses nothing. */
export function typeAhead(): TypeAhead {
  let kept: string[] | null = null
  return {
    begin: () => {
      kept ??= []
    },
    key: (event) => {
      if (kept === null || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return false
      if (event.key === 'Escape') {
        kept = null
        return false
      }
      if (event.key === 'Backspace') kept.pop()
      else if ([...event.key].length === 1) kept.push(event.key)
      else return false
      return true
    },
    take: () => {
      const text = kept?.join('') ?? ''
      kept = null
      return text
    },
  }
}

/** Those of the command menu. */
export const commandTypeAhead = typeAhead()
