import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'

/** A typeface the PDF can use: the family name Typst knows it by and its files, one per weight. */
export interface Typeface {
  readonly family: string
  readonly files: readonly string[]
}

/**
 * The typefaces a document needs, in the order they are tried for each character: the text face, then one for each
 * script that occurs. Fonts come from npm packages, never from the machine, so that a document looks the same
 * everywhere. The script's next choice serves where a package is not installed; with none its characters show as boxes.
 * @param text all text of the document
 * @param language decides which shapes ideographs get (BCP 47)
 */
export function typefacesFor(text: string, language: string): readonly Typeface[] {
  const needed = scripts.filter(({ pattern }) => pattern.test(text)).map(({ faces }) => faces(language))
  return [...new Set([textFaces, ...needed].map(firstInstalled))].filter((face) => face !== null)
}

/** The text face for formats that embed whole fonts: one regular and one bold file. */
export function documentTypeface(): { readonly family: string; readonly regular: string; readonly bold: string } {
  const face = firstInstalled(officeFaces)
  const [regular, bold] = face?.files ?? []
  if (!face || !regular || !bold) throw new Error('No text typeface is installed; run npm ci')
  return { family: face.family, regular, bold }
}

const google = (family: string, name: string, weights = ['400Regular', '600SemiBold']): Typeface => {
  const file = family.replaceAll(' ', '')
  return { family, files: weights.map((weight) => `@expo-google-fonts/${name}/${weight}/${file}_${weight}.ttf`) }
}

const embedPdf = (family: string, name: string, file: string): Typeface => ({
  family,
  files: ['Regular', 'Medium'].map((weight) => `@embedpdf/fonts-${name}/fonts/${file}-${weight}.otf`),
})

const textWeights = ['400Regular', '500Medium', '600SemiBold']
const inter = google('Inter', 'inter', textWeights)
const noto = google('Noto Sans', 'noto-sans', textWeights)
const symbols = google('Noto Sans Symbols 2', 'noto-sans-symbols-2', ['400Regular'])
const emoji = google('Noto Emoji', 'noto-emoji', ['400Regular'])
const arabic = google('Noto Sans Arabic', 'noto-sans-arabic')
const hebrew = google('Noto Sans Hebrew', 'noto-sans-hebrew')
const thai = google('Noto Sans Thai', 'noto-sans-thai')
const chinese = [google('Noto Sans SC', 'noto-sans-sc'), embedPdf('Noto Sans S Chinese', 'sc', 'NotoSansHans')]
const japanese = [google('Noto Sans JP', 'noto-sans-jp'), embedPdf('Noto Sans Japanese', 'jp', 'NotoSansJP')]
const korean = [google('Noto Sans KR', 'noto-sans-kr')]

/** Inter, as on the screen: small, clear in narrow columns, with arrows and comparison signs. */
const textFaces: readonly Typeface[] = [inter, noto]

// Offices know no semibold: the pair they can switch between.
const officeFaces = [
  google('Inter', 'inter', ['400Regular', '700Bold']),
  google('Noto Sans', 'noto-sans', ['400Regular', '700Bold']),
]

interface Script {
  readonly pattern: RegExp
  /** Choices, best first. */
  readonly faces: (language: string) => readonly Typeface[]
}

const ideographs = /[\p{Script=Han}\u3000-\u303f\uff00-\uffef]/u

const scripts: readonly Script[] = [
  // Letters the text face lacks: Devanagari, phonetic and rarely used Latin, Greek with all its accents.
  { pattern: /[\u0180-\u036f\u0510-\u052f\u0900-\u097f\u1c80-\u1fff\u2c60-\u2dff\ua640-\ua8ff]/, faces: () => [noto] },
  { pattern: /\p{Script=Arabic}/u, faces: () => [arabic] },
  { pattern: /\p{Script=Hebrew}/u, faces: () => [hebrew] },
  { pattern: /\p{Script=Thai}/u, faces: () => [thai] },
  { pattern: /\p{Script=Hangul}/u, faces: () => korean },
  { pattern: /[\p{Script=Hiragana}\p{Script=Katakana}]/u, faces: () => japanese },
  { pattern: ideographs, faces: (language) => (language.startsWith('ja') ? japanese : chinese) },
  // Simplified forms that the Japanese face lacks; it also serves where no other face is installed.
  { pattern: ideographs, faces: () => [...chinese, ...japanese, ...korean] },
  { pattern: /[\u2300-\u23ff\u2460-\u2bff\u{1f000}-\u{1f0ff}\u{1f780}-\u{1f8ff}]/u, faces: () => [symbols] },
  { pattern: /\p{Emoji_Presentation}|\ufe0f/u, faces: () => [emoji] },
]

const folders = createRequire(import.meta.url).resolve.paths('npm') ?? []
const installed = new Map<Typeface, Typeface | null>()

/** The first of the choices whose files are there, with their paths; null when none is. */
function firstInstalled(choices: readonly Typeface[]): Typeface | null {
  for (const choice of choices) {
    const known = installed.get(choice)
    const face = known === undefined ? locate(choice) : known
    installed.set(choice, face)
    if (face) return face
  }
  return null
}

function locate({ family, files }: Typeface): Typeface | null {
  // Looked up by path, not resolved: some packages export their stylesheet or index only.
  const folder = folders.find((folder) => files.every((file) => existsSync(join(folder, file))))
  return folder === undefined ? null : { family, files: files.map((file) => join(folder, file)) }
}
