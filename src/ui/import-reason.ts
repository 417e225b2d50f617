/** What an import gives as the reason of its changes in the ledger, taken apart; null for what a person said. */
export function reasonOfImport(
  reason: string,
): { readonly ref: string; readonly file: string } | { readonly ref: string; readonly why: string } | null {
  const [, ref, file] = /^Import (I-\d+) from ([^]+)$/.exec(reason) ?? []
  if (ref !== undefined && file !== undefined) return { ref, file }
  const [, undone, why] = /^Undo of import (I-\d+)(?:: ([^]+))?$/.exec(reason) ?? []
  return undone === undefined ? null : { ref: undone, why: why ?? '' }
}
