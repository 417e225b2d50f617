import { readFileSync, type Stats, statSync } from 'node:fs'
import { userInfo } from 'node:os'
import { ok, type Result, refuse } from '#kernel/result.ts'

/** The user PostgreSQL runs as when that is not the user Plumbline runs as. */
export interface ServerUser {
  readonly uid: number
  readonly gid: number
}

/** Users looked for when Plumbline runs as root, best first. The first exists only where somebody made it for this. */
const preferredUsers = ['plumbline', 'postgres', 'nobody']

/**
 * Decides which user PostgreSQL runs as; null means: the user of this process.
 * PostgreSQL refuses to run as root, so root hands over to the owner of the data folder, else to a user without rights.
 * Refuses when the data folder belongs to somebody else, or when no suitable user exists.
 */
export function chooseServerUser(dataFolder: string, passwdFile = '/etc/passwd'): Result<ServerUser | null> {
  const me = process.getuid?.()
  if (me === undefined) return ok(null)
  const data: Stats | undefined = statSync(dataFolder, { throwIfNoEntry: false })
  if (me !== 0) {
    if (data !== undefined && data.uid !== me) {
      return refuse(
        'postgres.data_of_other_user',
        `The database folder ${dataFolder} belongs to user ${nameOf(data.uid, passwdFile)}, but Plumbline runs as user ${nameOf(me, passwdFile)}. Start it as that user or as root, or choose another folder with PLUMBLINE_HOME.`,
        { folder: dataFolder, owner: data.uid, user: me },
      )
    }
    return ok(null)
  }
  if (data !== undefined && data.uid !== 0) return ok({ uid: data.uid, gid: data.gid })
  const users = readUsers(passwdFile)
  for (const name of preferredUsers) {
    const user = users.find((candidate) => candidate.name === name && candidate.uid !== 0)
    if (user !== undefined) return ok({ uid: user.uid, gid: user.gid })
  }
  return refuse(
    'postgres.no_user',
    `PostgreSQL does not run as root, and this machine has none of the users ${preferredUsers.join(', ')}. Start Plumbline as an ordinary user, or create one of these.`,
    {},
  )
}

/** Whether the user of this process has a name; initdb refuses a bare number, as containers started with `--user` have. */
export function hasUserName(): boolean {
  try {
    return userInfo().username !== ''
  } catch {
    return false
  }
}

interface PasswdEntry extends ServerUser {
  readonly name: string
}

function readUsers(passwdFile: string): PasswdEntry[] {
  return readFileSync(passwdFile, 'utf8')
    .split('\n')
    .map((line) => line.split(':'))
    .filter((fields) => fields.length >= 7)
    .map(([name = '', , uid, gid]) => ({ name, uid: Number(uid), gid: Number(gid) }))
}

function nameOf(uid: number, passwdFile: string): string {
  return readUsers(passwdFile).find((user) => user.uid === uid)?.name ?? String(uid)
}
