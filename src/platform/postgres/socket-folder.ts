import {
  accessSync,
  chownSync,
  constants,
  existsSync,
  lstatSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import type { ServerUser } from './server-user.ts'

const prefix = 'plumbline-'

/** Where a home folder notes its socket folder, so that the next start can remove what a killed run left. */
const noteFile = (home: string): string => join(home, 'socket')

/**
 * Makes a folder for the server's socket that nobody but its user may enter. Its name is new each time, so nobody can
 * have put one there before. Its path is short, because the path of a socket has at most 107 bytes, 103 on macOS.
 */
export function makeSocketFolder(home: string, user: ServerUser | null): string {
  const folder = mkdtempSync(join(temporaryFolder(), prefix))
  if (user !== null) chownSync(folder, user.uid, user.gid)
  writeFileSync(noteFile(home), folder)
  return folder
}

/** Removes the socket folder of an earlier run, if there is one. */
export function removeNotedSocketFolder(home: string, owner: number): void {
  if (!existsSync(noteFile(home))) return
  const folder = readFileSync(noteFile(home), 'utf8')
  if (isSocketFolder(folder, owner)) rmSync(folder, { recursive: true, force: true })
  rmSync(noteFile(home))
}

function temporaryFolder(): string {
  try {
    accessSync('/tmp', constants.W_OK | constants.X_OK)
    return '/tmp'
  } catch {
    return tmpdir()
  }
}

/** Whether a folder is one `makeSocketFolder` made for the owner of the data: name, kind, owner and mode say so. */
export function isSocketFolder(folder: string, owner: number): boolean {
  if (!/^plumbline-[A-Za-z0-9]{6}$/.test(basename(folder))) return false
  const stats = lstatSync(folder, { throwIfNoEntry: false })
  return stats !== undefined && stats.isDirectory() && stats.uid === owner && (stats.mode & 0o077) === 0
}
