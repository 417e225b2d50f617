/**
 * Estimated width of text in em, for a sans serif such as Noto Sans or Inter. Good to about five per cent, always on
 * the wide side: it decides column widths and where a long word may break, not where glyphs go.
 */
export function textWidth(text: string): number {
  let width = 0
  for (let i = 0; i < text.length; i++) width += charWidth(text.charCodeAt(i))
  return width
}

/** Width in em of the widest part of a text that has no white space in it. */
export function widestWord(text: string): number {
  let widest = 0
  let width = 0
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i)
    // Ideographs and kana break anywhere, so each is a word of its own.
    width = code <= 0x20 || isWide(code) ? 0 : width + charWidth(code)
    widest = Math.max(widest, isWide(code) ? 1 : width)
  }
  return widest
}

/** Lines a text needs in a column of the given width (em), rounded up. */
export function lineCount(text: string, width: number): number {
  let lines = 0
  for (const line of text.split('\n')) lines += Math.max(1, Math.ceil((textWidth(line) * 1.08) / width))
  return lines
}

const isWide = (code: number): boolean => (code >= 0x2e80 && code <= 0xd7ff) || (code >= 0xf900 && code <= 0xffef)

const ascii = Float32Array.from({ length: 128 }, (_, code) => {
  const char = String.fromCharCode(code)
  if (code < 0x20) return 0
  if (/[ilj.,:;'|!I]/.test(char)) return 0.3
  if (/[ ()[\]{}/\\`"*-]/.test(char)) return 0.36
  if (/[frt]/.test(char)) return 0.39
  if (/[mwMW%@]/.test(char)) return 0.93
  if (/[A-Z&]/.test(char)) return 0.67
  if (/[0-9+<>=~#$]/.test(char)) return 0.61
  return 0.58
})

function charWidth(code: number): number {
  if (code < 128) return ascii[code] ?? 0.58
  if (isWide(code)) return 1
  // A surrogate pair is one wide character (mostly ideographs and emoji).
  if (code >= 0xd800 && code <= 0xdfff) return 0.5
  if (code === 0xad || (code >= 0x300 && code <= 0x36f) || (code >= 0x200b && code <= 0x200f)) return 0
  return 0.64
}
