#!/usr/bin/env node
// Plain JavaScript that any Node from 14 on can read: it makes sure the rest runs on Node 24 or later, which reads
// TypeScript. Where the machine's own Node is older, the one npm installed with Plumbline takes over.
import { spawn } from 'node:child_process'
import nodeModule, { createRequire } from 'node:module'
import { constants } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const launched = '_PLUMBLINE_LAUNCHED'

if (Number(process.versions.node.split('.')[0]) >= 24) {
  if (process.env[launched] !== undefined) followLauncher()
  keepCompiled()
  await import('../src/app/cli.ts')
} else if (process.env[launched] !== undefined) {
  fail(`the Node installed with it is ${process.version}, but 24 or later is needed.`)
} else {
  launch()
}

/** The launcher stands between us and whoever started it; when it is killed, nobody else would tell us to stop. */
function followLauncher() {
  delete process.env[launched]
  process.once('disconnect', () => process.kill(process.pid, 'SIGTERM'))
  process.channel?.unref()
}

/** Compiled code is kept for the next start, where this user may write it; nowhere that others can. */
function keepCompiled() {
  nodeModule.enableCompileCache(fileURLToPath(new URL('../node_modules/.cache/plumbline', import.meta.url)))
}

function launch() {
  const child = spawn(pinnedNode(), [fileURLToPath(import.meta.url), ...process.argv.slice(2)], {
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
    env: { ...process.env, [launched]: '1' },
  })
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGUSR2', 'SIGQUIT']
  for (const signal of signals) process.on(signal, () => child.kill(signal))
  child.on('error', (error) => fail(`the Node installed with it does not start (${error.message}).`))
  child.on('exit', (code, signal) => {
    if (signal === null) process.exit(code)
    // End the same way, so that whoever waits for us learns of it.
    for (const name of signals) process.removeAllListeners(name)
    process.kill(process.pid, signal)
    process.exitCode = 128 + (constants.signals[signal] ?? 0)
  })
}

function pinnedNode() {
  try {
    const folder = dirname(createRequire(import.meta.url).resolve('node/package.json'))
    return join(folder, 'bin', process.platform === 'win32' ? 'node.exe' : 'node')
  } catch {
    return fail(`Node ${process.version} is too old and the Node that belongs to it is not installed.`)
  }
}

function fail(reason) {
  process.stderr.write(`Plumbline cannot start: ${reason} Run npm ci in its folder, with install scripts allowed.\n`)
  process.exit(1)
}
