import { crc32 } from 'node:zlib'
import { type Entry, fromBufferPromise, type ZipFile } from 'yauzl'
import { importLimits } from './limits.ts'
import { Stop, sizeOf } from './stop.ts'
import { XmlError } from './xml.ts'

/** The parts of a zip file, after its directory was found harmless. */
export interface Package {
  readonly names: readonly string[]
  has(name: string): boolean
  /** Unpacks one part piece by piece and checks its length and checksum. */
  read(name: string, take: (chunk: Buffer) => void): Promise<void>
}

const damaged = (detail: string): Stop =>
  new Stop(
    'import.file_damaged',
    `The file is damaged or incomplete (${detail}). Save or download it again and import the new copy`,
  )

/**
 * Opens a zip file from its central directory and refuses what would unpack to more than a spreadsheet can be: too many
 * parts, too large, too high a ratio, parts that overlap (a bomb without recursion), encrypted parts.
 */
export async function openPackage(bytes: Buffer): Promise<Package> {
  const entries = new Map<string, Entry>()
  let zip: ZipFile
  try {
    zip = await fromBufferPromise(bytes)
    if (zip.entryCount > importLimits.parts) throw bomb(`it has ${zip.entryCount} parts`)
    for await (const entry of zip.eachEntry()) entries.set(entry.fileName.replace(/^\//, ''), entry)
  } catch (error) {
    if (error instanceof Stop) throw error
    throw damaged('its directory cannot be read')
  }
  checkSizes([...entries.values()], bytes.length)
  return {
    names: [...entries.keys()],
    has: (name) => entries.has(name),
    read: async (name, take) => {
      const entry = entries.get(name)
      if (!entry) throw damaged(`the part ${name} is missing`)
      let sum = 0
      try {
        for await (const chunk of await zip.openReadStreamPromise(entry)) {
          if (!Buffer.isBuffer(chunk)) continue
          sum = crc32(chunk, sum)
          take(chunk)
        }
      } catch (error) {
        // What the reader of the part says about its content is more than that it cannot be unpacked.
        if (error instanceof Stop || error instanceof XmlError) throw error
        throw damaged(`the part ${name} cannot be unpacked`)
      }
      if (sum !== entry.crc32) throw damaged(`the part ${name} has a wrong checksum`)
    },
  }
}

function checkSizes(entries: readonly Entry[], fileBytes: number): void {
  let packed = 0
  let unpacked = 0
  for (const entry of entries) {
    if (entry.isEncrypted()) throw passwordProtected()
    packed += entry.compressedSize
    unpacked += entry.uncompressedSize
    const ratio = entry.uncompressedSize / Math.max(1, entry.compressedSize)
    if (entry.uncompressedSize > importLimits.ratioFromBytes && ratio > importLimits.ratio) {
      throw bomb(`its part ${entry.fileName} grows ${Math.round(ratio)}-fold`)
    }
  }
  if (unpacked > importLimits.unpackedBytes) throw bomb(`it unpacks to ${sizeOf(unpacked)}`)
  if (packed > fileBytes) throw bomb('its parts overlap')
}

const bomb = (what: string): Stop =>
  new Stop(
    'import.zip_bomb',
    `The file was refused because ${what} when unpacked, far more than a spreadsheet holds. Save the sheet anew, or as CSV`,
    { what },
  )

export const passwordProtected = (): Stop =>
  new Stop(
    'import.password_protected',
    'The file is protected with a password. Remove the password in the spreadsheet program (File › Info › Protect) and save it, then import it again',
  )
