import { Command } from 'commander'
import { serve } from './serve.ts'
import { programVersion } from './version.ts'

const program = new Command('plumbline')
  .description('Information security management system for ISO/IEC 27001:2022')
  .version(programVersion)

program
  .command('serve')
  .description('run the server until it is stopped')
  .option('--demo', 'load the demo organization, and let its personas sign in by one click')
  .action(async (options: { demo?: boolean }) =>
    process.exit(await serve(process.env, { cwd: process.cwd() }, { demo: options.demo === true })),
  )

// They load the whole program at once; the server does so while its database starts.
if (process.argv[2] !== 'serve') {
  const { otherCommands } = await import('./commands/index.ts')
  otherCommands(program)
}

await program.parseAsync()
