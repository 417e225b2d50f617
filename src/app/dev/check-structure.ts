import { spawnSync } from 'node:child_process'

// Runs the layer rules, and fails when the tool saw no files: it passes then without having checked anything.
const { stdout, status } = spawnSync('depcruise', ['src', '--config', '.dependency-cruiser.cjs'], { encoding: 'utf8' })
process.stdout.write(stdout)
const seen = Number(/(\d+) modules/.exec(stdout)?.[1] ?? 0)
if (seen < 50) process.stdout.write(`Only ${seen} modules were looked at: the structure check did not work.\n`)
process.exit(status !== 0 || seen < 50 ? 1 : 0)
