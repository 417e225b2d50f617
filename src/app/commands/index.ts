import type { Command } from 'commander'
import { dataCommands } from './data.ts'
import { demoCommand } from './demo.ts'
import { operationCommands } from './operations.ts'
import { organizationCommands } from './organizations.ts'

/** Adds every command besides `serve`. */
export function otherCommands(program: Command): void {
  organizationCommands(program)
  demoCommand(program)
  operationCommands(program)
  dataCommands(program)
}
