import type { Command } from 'commander'
import { loadDemo } from '../demo/load-demo.ts'
import { demoSlug } from '../demo/stage.ts'
import { answering } from './answer.ts'
import { withInstallation } from './installation.ts'

/** `demo`: loads the demo organization, also beside a running server. */
export function demoCommand(program: Command): void {
  program
    .command('demo')
    .description(
      'load the demo organization; “serve --demo” does it as well and lets its personas sign in by one click',
    )
    .option('--json', 'answer as JSON')
    .action((_options: unknown, command: Command) =>
      answering(command, () =>
        withInstallation(process.env, async (installation) => {
          const loaded = await loadDemo({
            owner: installation.access.owner,
            db: await installation.database(),
            files: await installation.files(),
            url: new URL(installation.config.url),
            // Progress goes where refusals go, so that the answer stays readable by programs.
            report: (line) => void process.stderr.write(`${line}\n`),
          })
          const line = loaded
            ? 'The demo organization is loaded. Start the server with --demo to sign in as one of its people.'
            : 'The demo organization is there already; nothing was changed.'
          return { lines: [line], json: { org: demoSlug, loaded } }
        }),
      ),
    )
}
