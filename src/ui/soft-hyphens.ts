// First parts of the long compounds of the catalogue's German titles.
const parts =
  /(informations|sicherheits|verarbeitungs|lieferanten|versorgungs|konfigurations|identitäts|verschwiegenheits|vertraulichkeits|änderungs|zugangs|maßregelungs|geheimhaltungs|anwendungs|entwicklungs|produktions|projekt|netzwerk|kapazitäts)(?=\p{L}{5})/giu
const longWord = /\p{L}{17,}/gu

/**
 * The text with a soft hyphen at the joints of its long German compounds, so that a narrow column breaks them where a reader
 * would: not every browser has a dictionary for `hyphens: auto`.
 */
export const softHyphens = (text: string): string =>
  text.replaceAll(longWord, (word) => word.replaceAll(parts, '$1\u00ad'))
