import { spawn } from 'node:child_process'
import { availableParallelism } from 'node:os'
import { text } from 'node:stream/consumers'

// Everything that is checked without running the product, the longest first, as many at a time as there are cores.
// What each has to say is printed when it ends, so that nothing stands in the middle of something else.
const waiting = ['lint', 'types', 'structure', 'unused', 'format', 'lockfile']
const failed: string[] = []

async function runWaiting(): Promise<void> {
  for (let name = waiting.shift(); name !== undefined; name = waiting.shift()) {
    const run = spawn('npm', ['run', '-s', `check:${name}`], { stdio: ['ignore', 'pipe', 'pipe'] })
    const exit = new Promise<number | null>((resolve, reject) => run.once('close', resolve).once('error', reject))
    const [said, complained, code] = await Promise.all([text(run.stdout), text(run.stderr), exit])
    process.stdout.write(said)
    process.stderr.write(complained)
    if (code !== 0) failed.push(name)
  }
}

await Promise.all(Array.from({ length: availableParallelism() }, runWaiting))
if (failed.length > 0) process.stderr.write(`Failed: ${failed.map((name) => `npm run check:${name}`).join(', ')}\n`)
process.exit(failed.length > 0 ? 1 : 0)
