import { readFileSync } from 'node:fs'
import { join } from 'node:path'

/** What a running PostgreSQL writes about itself into its data folder. */
export interface PostmasterFile {
  readonly pid: number
  readonly port: number
  /** Folder of its socket; empty when it has none. */
  readonly socketFolder: string
  /** `starting`, `ready`, `stopping` …; empty until it is known. */
  readonly status: string
}

/** Reads `postmaster.pid`; null when it is absent or not (yet) complete. It proves nothing: a killed server leaves it. */
export function readPostmasterFile(dataFolder: string): PostmasterFile | null {
  let text: string
  try {
    text = readFileSync(join(dataFolder, 'postmaster.pid'), 'utf8')
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null
    throw error
  }
  // Lines: process id, data folder, start time, port, socket folder, listen address, shared memory key, status
  const [pid, , , port, socketFolder = '', , , status = ''] = text.split('\n')
  if (!/^\d+$/.test(pid ?? '') || !/^\d+$/.test(port ?? '')) return null
  return { pid: Number(pid), port: Number(port), socketFolder, status: status.trim() }
}
