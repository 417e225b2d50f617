/** How much a file may hold. Beyond it the import refuses with a sentence instead of reading on. */
export const importLimits = {
  /** Size of the file. */
  fileBytes: 50 * 1024 * 1024,
  /** One line, or one quoted record, of a text file. */
  lineBytes: 1024 * 1024,
  /** Rows with content per sheet. */
  rows: 100_000,
  columns: 500,
  /** Cells with content in the whole file. */
  cells: 2_500_000,
  sheets: 200,
  /** Everything in a workbook, unpacked. */
  unpackedBytes: 1024 * 1024 * 1024,
  /** Unpacked size over packed size of one part; real sheets stay below 60, a bomb reaches 1,000. */
  ratio: 200,
  /** Parts smaller than this may have any ratio. */
  ratioFromBytes: 4 * 1024 * 1024,
  parts: 5_000,
  /** Memory the reading thread may use, in MiB, and how long it may take. */
  memoryMb: 768,
  milliseconds: 60_000,
} as const
