/** How much a file may hold. Beyond it the import refuses with a sentence instead of reading on. */
export const importLimits = {
  /** Size of the file. */
  fileBytes: 50 * 1024 * 1024,
  /**
   * Files of one organization that wait to be confirmed, and their size together. They lie in the database for a day:
   * room for several people at work with large registers, and no more than a backup can carry.
   */
  waitingFiles: 20,
  waitingBytes: 200 * 1024 * 1024,
  /** One line, or one quoted record, of a text file. */
  lineBytes: 1024 * 1024,
  /** Rows with content per sheet. */
  rows: 100_000,
  columns: 500,
  /** Cells in the whole file, in each row up to the last one with content. */
  cells: 2_500_000,
  /** Characters of all cells together, a text that many cells share counted for each of them; also of the shared texts. */
  textCharacters: 64 * 1024 * 1024,
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
  /** Files read at the same time by one process, and how many more may wait for their turn. */
  readers: 2,
  waiting: 10,
} as const
