/**
 * Spreadsheet programs run a CSV cell that starts with one of these as a formula. A program that expects semicolons
 * (Excel in German) or misreads a quote also starts a cell after `;`, a tab or a line break inside the text.
 * The rule: wherever a cell could start and any number of apostrophes and then one of `= + - @` (also in full width),
 * a tab or a carriage return follows, one apostrophe is put in front. Taking one apostrophe away at every such place
 * undoes it exactly, so that an import gets back what was exported.
 */
const start = '(?<=^|[;\\t\\r\\n])'
const danger = "(?='*[=+\\-@\\t\\r＝＋－＠])"
const dangerous = new RegExp(start + danger, 'g')
const neutralized = new RegExp(`${start}'${danger}`, 'g')

/** Makes text harmless in a CSV cell; numbers written by us need it not. */
export const neutralizeCell = (text: string): string => text.replace(dangerous, "'")

/** The text as it was before `neutralizeCell`. */
export const restoreCell = (text: string): string => text.replace(neutralized, '')
