import { readFileSync } from 'node:fs'
import { join } from 'node:path'

/** Folder of the program: where package.json and the built web app are. */
export const programFolder = join(import.meta.dirname, '../..')

const { version } = JSON.parse(readFileSync(join(programFolder, 'package.json'), 'utf8')) as { version: string }

/** The version of this program, as package.json has it. */
export const programVersion = version
