import { Command } from 'commander'
import { serve } from './serve.ts'

const program = new Command('plumbline').description('Information security management system for ISO/IEC 27001:2022')

program
  .command('serve')
  .description('run the server until it is stopped')
  .action(async () => process.exit(await serve(process.env, { cwd: process.cwd() })))

await program.parseAsync()
