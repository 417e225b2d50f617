import { Command } from 'commander'
import { dataCommands } from './commands/data.ts'
import { demoCommand } from './commands/demo.ts'
import { operationCommands } from './commands/operations.ts'
import { organizationCommands } from './commands/organizations.ts'
import { serve } from './serve.ts'
import { programVersion } from './server.ts'

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

organizationCommands(program)
demoCommand(program)
operationCommands(program)
dataCommands(program)

await program.parseAsync()
