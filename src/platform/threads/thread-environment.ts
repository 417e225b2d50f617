import { getCompileCacheDir } from 'node:module'
import { dirname } from 'node:path'

/**
 * The environment of a thread: nothing of the server's, only where compiled code is kept. With it a thread starts in a
 * third of the time.
 */
export function threadEnvironment(): NodeJS.ProcessEnv {
  const ofThisVersion = getCompileCacheDir()
  return ofThisVersion === undefined ? {} : { NODE_COMPILE_CACHE: dirname(ofThisVersion) }
}
