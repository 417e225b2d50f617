import { chainHash, contentHash, genesis, type LedgerActor } from './content.ts'

/** How a ledger or a record can turn out not to be what was written. */
export type FaultKind = 'changed' | 'removed' | 'inserted' | 'reordered' | 'headMismatch' | 'rowDiffers'

/** One fault, with a sentence for people. `seq` is the entry to look at; null where there is none. */
export interface Fault {
  readonly seq: number | null
  readonly kind: FaultKind
  readonly sentence: string
}

/** A ledger entry as it is stored. */
export interface StoredEntry {
  readonly seq: number
  readonly at: string
  readonly actor: LedgerActor
  readonly action: string
  readonly recordType: string
  readonly recordId: string
  readonly before: unknown
  readonly after: unknown
  readonly reason: string | null
  readonly tx: string
  readonly content: Buffer
  readonly hash: Buffer
}

/** The end of the chain as the organization's head row says it. */
export interface StoredHead {
  readonly seq: number
  readonly at: string
  readonly hash: Buffer
}

/** A link that was seen: enough to tell where an entry belongs. */
interface Link {
  readonly seq: number
  readonly at: string
  readonly content: Buffer
  readonly hash: Buffer
  readonly name: string
}

/** An entry that does not fit where it stands. */
interface Suspect extends Link {
  readonly previous: Buffer
  /** What the payload hashes to now. */
  readonly recomputed: Buffer
}

const faultsKept = 200
const suspectsCompared = 24
const farthest = 8

/**
 * Follows the chain of a ledger entry by entry, in order of sequence, and says what does not fit and what probably
 * happened. A chain proves that something was altered, not always which of two neighbours: the sentences say so.
 */
export class ChainReader {
  readonly #faults: Fault[] = []
  readonly #suspects: Suspect[] = []
  readonly #recent: Link[] = []
  #last: Link = { seq: 0, at: '', content: genesis, hash: genesis, name: '' }
  /** By how much the entries now read are numbered lower than they were written. */
  #shift = 0
  /** The predecessor of the next entry is gone, so that its link cannot be checked. */
  #unlinked = false
  entries = 0

  read(entry: StoredEntry): void {
    this.entries++
    if (entry.seq < 1) {
      this.#fault(entry.seq, 'inserted', `Entry ${entry.seq} stands before the first one: it was put in afterwards.`)
      return
    }
    const name = `Entry ${entry.seq} (${entry.action}, ${entry.at})`
    const link: Link = { seq: entry.seq, at: entry.at, content: entry.content, hash: entry.hash, name }
    const { actor, action, recordType: type, recordId: id, before, after, reason, tx } = entry
    const recomputed = Buffer.from(contentHash({ actor, action, type, id, before, after, reason, tx }), 'hex')
    const altered = !recomputed.equals(entry.content)
    if (entry.seq > this.#last.seq + 1) this.#gap(entry.seq)
    const follows = this.#unlinked || isLink(this.#last.hash, entry.seq + this.#shift, link)
    if (!follows && !altered && this.#displaced(link)) {
      // Explained by entries that were taken out or put in before it.
    } else if (altered || !follows) {
      this.#suspects.push({ ...link, previous: this.#last.hash, recomputed })
    }
    this.#unlinked = false
    this.#last = link
    this.#recent.push(link)
    if (this.#recent.length > farthest + 1) this.#recent.shift()
  }

  /** The faults found, once all entries were read. */
  end(head: StoredHead | null): Fault[] {
    this.#checkHead(head)
    this.#judge()
    return this.#faults.sort((a, b) => (a.seq ?? 0) - (b.seq ?? 0)).slice(0, faultsKept)
  }

  get last(): { readonly seq: number; readonly at: string; readonly hash: Buffer } | null {
    return this.entries === 0 ? null : this.#last
  }

  #gap(seq: number): void {
    const first = this.#last.seq + 1
    const sentence =
      seq - 1 === first ? `Entry ${first} is missing.` : `Entries ${first} to ${seq - 1} are missing (${seq - first}).`
    this.#fault(first, 'removed', sentence)
    this.#unlinked = true
  }

  /** Whether an entry fits under another number: then entries before it were taken out or put in. */
  #displaced(link: Link): boolean {
    // Behind entries that were put in: it follows one that stands further up.
    for (let extra = 1; extra <= farthest; extra++) {
      const predecessor = this.#recent.at(-1 - extra) ?? (this.#recent.length === extra ? genesisLink : null)
      if (!predecessor) break
      const shift = this.#shift - extra
      if (!isLink(predecessor.hash, link.seq + shift, link)) continue
      const first = link.seq - extra
      // Where one of them builds on this entry, places were exchanged and nothing was put in.
      const between = this.#suspects.filter((one) => one.seq >= first)
      if (between.some((one) => isLink(link.hash, one.seq, one) || isLink(link.hash, link.seq, one))) return false
      for (let seq = first; seq < link.seq; seq++) {
        this.#fault(seq, 'inserted', `Entry ${seq} was put in afterwards: entry ${link.seq} does not build on it.`)
      }
      this.#forget((suspect) => suspect.seq >= first)
      this.#shift = shift
      return true
    }
    // Behind entries that were taken out, the later ones moved up: the one before it stands behind the hole.
    for (let gone = 1; gone <= farthest; gone++) {
      const shift = this.#shift + gone
      if (!isLink(this.#last.hash, link.seq + shift, link)) continue
      this.#taken(gone)
      this.#shift = shift
      return true
    }
    return false
  }

  #taken(gone: number): void {
    const hole = this.#last.seq
    const what = gone === 1 ? 'An entry before' : `${gone} entries before`
    this.#fault(hole, 'removed', `${what} entry ${hole} went missing and the later ones were renumbered.`)
    this.#forget((suspect) => suspect.seq === hole)
  }

  #checkHead(head: StoredHead | null): void {
    const last = this.#last
    if (head === null) {
      if (this.entries > 0) this.#fault(last.seq, 'headMismatch', 'The head of the ledger is missing.')
      return
    }
    const expected = last.seq + this.#shift
    if (head.seq === expected && head.hash.equals(last.hash) && (this.entries === 0 || head.at === last.at)) return
    // The last entry was exchanged with another: that is said where they stand.
    if (head.seq === expected && this.#suspects.some((one) => one.hash.equals(head.hash) && one.at === head.at)) return
    const before = this.#recent.find((link) => link.seq === head.seq)
    const lastIsSuspect = this.#suspects.some((suspect) => suspect.seq === last.seq)
    if (head.seq > last.seq && head.hash.equals(last.hash) && lastIsSuspect) {
      this.#taken(head.seq - last.seq)
    } else if (head.seq > expected && this.#shift === 0 && !head.hash.equals(last.hash)) {
      const from = last.seq + 1
      this.#fault(
        from,
        'removed',
        from === head.seq
          ? `The last entry, ${from}, is missing.`
          : `The last entries, ${from} to ${head.seq}, are missing.`,
      )
    } else if (head.seq < last.seq && (before === undefined || before.hash.equals(head.hash))) {
      for (let seq = head.seq + 1; seq <= last.seq && seq <= head.seq + faultsKept; seq++) {
        this.#fault(seq, 'inserted', `Entry ${seq} stands behind the end of the ledger, which is entry ${head.seq}.`)
      }
      this.#forget((suspect) => suspect.seq > head.seq)
    } else {
      this.#fault(
        last.seq,
        'headMismatch',
        `The head of the ledger (entry ${head.seq}) does not agree with its last entry, ${last.seq}: the head was altered.`,
      )
    }
  }

  /** What happened to the entries that do not fit: exchanged with one another, or altered. */
  #judge(): void {
    const suspects = this.#suspects
    const comparable = suspects.length <= suspectsCompared
    // A suspect that fits exactly here, behind the hash of an entry that was moved, is sound itself.
    const hashes = suspects.flatMap((one) => [
      one.hash,
      one.previous,
      chainHash(one.previous, one.seq, one.at, one.content),
    ])
    for (const suspect of suspects) {
      const intact = suspect.recomputed.equals(suspect.content)
      if (comparable) {
        const other = suspects.find((one) => one !== suspect && isExchanged(suspect, one, hashes))
        if (other) {
          this.#fault(
            suspect.seq,
            'reordered',
            `${suspect.name} was exchanged with another: it belongs at ${other.seq}.`,
          )
          continue
        }
        if (
          intact &&
          suspects.length > 1 &&
          hashes.some((hash) => !hash.equals(suspect.previous) && isLink(hash, suspect.seq, suspect))
        ) {
          continue
        }
      }
      this.#fault(
        suspect.seq,
        'changed',
        intact
          ? `${suspect.name} does not follow from entry ${suspect.seq - 1}: one of the two was rewritten.`
          : `${suspect.name} was changed after it had been written.`,
      )
    }
  }

  #forget(which: (suspect: Suspect) => boolean): void {
    for (let i = this.#suspects.length - 1; i >= 0; i--) {
      const suspect = this.#suspects[i]
      if (suspect && which(suspect)) this.#suspects.splice(i, 1)
    }
  }

  #fault(seq: number | null, kind: FaultKind, sentence: string): void {
    if (this.#faults.length < faultsKept) this.#faults.push({ seq, kind, sentence })
  }
}

const genesisLink: Link = { seq: 0, at: '', content: genesis, hash: genesis, name: '' }

const isLink = (previous: Buffer, seq: number, link: Pick<Link, 'at' | 'content' | 'hash'>): boolean =>
  seq > 0 && chainHash(previous, seq, link.at, link.content).equals(link.hash)

// Either whole rows changed numbers, or only what they say was exchanged and numbers and hashes stayed.
function isExchanged(suspect: Suspect, other: Suspect, hashes: readonly Buffer[]): boolean {
  if (hashes.some((hash) => isLink(hash, other.seq, suspect))) return true
  if (suspect.recomputed.equals(other.content) && !suspect.recomputed.equals(suspect.content)) return true
  return [suspect.at, other.at].some((at) =>
    isLink(other.previous, other.seq, { at, content: suspect.content, hash: other.hash }),
  )
}
