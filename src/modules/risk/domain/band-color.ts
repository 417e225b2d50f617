import type { BandToken } from './method.ts'

/** The ground of a band; text on it is black or white, whichever reads better. The same in light and dark. */
const colors: Readonly<Record<BandToken, string>> = {
  gray: '#c9d1d4',
  green: '#8cc79f',
  lime: '#bcd476',
  yellow: '#f0d468',
  orange: '#ec9a45',
  red: '#c23b30',
  violet: '#7d55a8',
  blue: '#3f73bf',
}

/** `#rrggbb` of a band's token. */
export const bandColor = (token: BandToken): string => colors[token]
