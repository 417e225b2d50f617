/**
 * The ways a person may stand in the directory who is written so in a spreadsheet, in small letters: the text itself,
 * `Berg, Anna` turned round, and the two halves of `Anna Berg <anna@acme.example>`.
 */
export function nameKeys(text: string): string[] {
  const plain = text.trim().replaceAll(/\s+/g, ' ').toLowerCase()
  const withAddress = /^(.*?)\s*[<(]([^<>()\s]+@[^<>()\s]+)[>)]$/.exec(plain)
  const keys = [plain, ...(withAddress?.slice(1) ?? [])]
  const turned = keys.map((key) => key.replace(/^([^,@]+), ?([^,@]+)$/, '$2 $1'))
  return [...new Set([...keys, ...turned])].filter((key) => key !== '')
}
