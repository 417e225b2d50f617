import { BorderStyle, type IBorderOptions, type IPropertiesOptions, LineRuleType } from 'docx'

/** Lengths in Word are twips, twentieths of a point; type sizes are half points. */
export const twips = 20

export const ink = '14171C'
export const quiet = '565D69'

const none: IBorderOptions = { style: BorderStyle.NONE, size: 0, color: 'auto' }

export const borders = {
  hairline: { style: BorderStyle.SINGLE, size: 3, color: 'D5D9DF' },
  line: { style: BorderStyle.SINGLE, size: 8, color: ink },
  none: { top: none, bottom: none, left: none, right: none, insideHorizontal: none, insideVertical: none },
} as const

/** Line spacing in 240ths of the type's own line height. Always with its rule: without one, some programs clip lines. */
const spacing = (line: number, before: number, after: number) => ({ line, lineRule: LineRuleType.AUTO, before, after })

/** Word's styles for the document: its own names where it has them, so that people can restyle the file. */
export function documentStyles(language: string, font: string): NonNullable<IPropertiesOptions['styles']> {
  const heading = (size: number) => ({ font, size, bold: true, color: ink })
  const style = (id: string, name: string, size: number, color: string, space: ReturnType<typeof spacing>) => ({
    id,
    name,
    basedOn: 'Normal',
    run: { size, color },
    paragraph: { spacing: space },
  })
  return {
    default: {
      document: {
        run: { font, size: 20, color: ink, language: { value: language, eastAsia: language, bidirectional: language } },
        paragraph: { spacing: spacing(276, 0, 100) },
      },
      title: { run: { ...heading(68), characterSpacing: -10 }, paragraph: { spacing: spacing(232, 0, 160) } },
      heading1: { run: heading(34), paragraph: { spacing: spacing(252, 480, 160), keepNext: true } },
      heading2: { run: heading(23), paragraph: { spacing: spacing(252, 320, 120), keepNext: true } },
    },
    paragraphStyles: [
      style('Subtitle', 'Subtitle', 28, quiet, spacing(252, 0, 0)),
      style('CellText', 'Cell Text', 16, ink, spacing(264, 0, 0)),
      style('FactLabel', 'Fact Label', 15, quiet, spacing(252, 120, 20)),
      style('FactValue', 'Fact Value', 20, ink, spacing(252, 0, 0)),
      style('Note', 'Note', 16, quiet, spacing(264, 120, 100)),
      style('Running', 'Running Line', 15, quiet, spacing(252, 0, 0)),
    ],
  }
}
