/** What a colour says. Never alone: an icon and a word always say the same. */
export type Tone = 'good' | 'warn' | 'bad' | 'info' | 'quiet'

/** Style of a tone's text and soft ground, as CSS variables of the theme. */
export const toneStyle = (tone: Tone): { color: string; backgroundColor: string } => ({
  color: `var(--pl-${tone})`,
  backgroundColor: `var(--pl-${tone}-soft)`,
})

function channel(value: number): number {
  const part = value / 255
  return part <= 0.040_45 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4
}

/** Black or white, whichever reads better on a colour `#rrggbb` (WCAG relative luminance). */
export function textOn(color: string): '#171f23' | '#ffffff' {
  const hex = /^#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})$/i.exec(color)
  if (hex === null) return '#171f23'
  const [r, g, b] = [hex[1], hex[2], hex[3]].map((part) => channel(Number.parseInt(part ?? '0', 16)))
  const luminance = 0.2126 * (r ?? 0) + 0.7152 * (g ?? 0) + 0.0722 * (b ?? 0)
  // Contrast with white is 1.05 / (L + 0.05), with the dark text (L + 0.05) / 0.0628.
  return 1.05 / (luminance + 0.05) >= (luminance + 0.05) / 0.0628 ? '#ffffff' : '#171f23'
}
