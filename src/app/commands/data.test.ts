import { Command } from 'commander'
import { expect, test } from 'vitest'
import { dataCommands } from './data.ts'

function optionsOf(...typed: string[]): Record<string, unknown> {
  const program = new Command()
  dataCommands(program)
  let options: Record<string, unknown> = {}
  for (const command of program.commands) {
    command.action(() => {
      options = command.opts()
    })
  }
  program.parse(typed, { from: 'user' })
  return options
}

test('an organization travels with its files unless they are declined', () => {
  expect(optionsOf('export', 'org', '--org', 'acme', '--out', 'acme.zip')).toMatchObject({ files: true })
  expect(optionsOf('export', 'org', '--org', 'acme', '--out', 'acme.zip', '--no-files')).toMatchObject({ files: false })
  expect(optionsOf('import', 'org', 'acme.zip')).toMatchObject({ files: true })
  expect(optionsOf('import', 'org', 'acme.zip', '--no-files')).toMatchObject({ files: false })
})
