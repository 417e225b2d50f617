// 08: connection exceptions; 57P01–05: the server stops, has crashed or is still starting.
const lostStates = /^(08|57P0)/
const socketCodes = new Set(['ECONNREFUSED', 'ECONNRESET', 'ENOTFOUND', 'EPIPE', 'ETIMEDOUT', 'EHOSTUNREACH'])
// What `pg` and its pool say without a code.
const said =
  /^(Connection terminated|Client was closed|Query read timeout|timeout expired|timeout exceeded when trying to connect|Client has encountered)/

/** Whether an error says that the database cannot be reached, or that the connection to it broke. */
export function isConnectionLost(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  const { code, syscall } = error as { code?: unknown; syscall?: unknown }
  if (typeof code !== 'string') return said.test(error.message)
  // A socket that is not there, and no file.
  if (code === 'ENOENT') return syscall === 'connect'
  return lostStates.test(code) || socketCodes.has(code)
}
