/** `npm run -s quayside -- …`: the command line of the compliance part. */
import { runQuayside } from './program.ts';

async function readStandardInput(): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of process.stdin) parts.push(part as Buffer);
  return Buffer.concat(parts);
}

// A reader that has enough, such as `head`, closes the pipe: that is no error.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
});

process.exitCode = await runQuayside(process.argv.slice(2), {
  say: (...lines) => console.log(lines.join('\n')),
  warn: (...lines) => console.error(lines.join('\n')),
  readStandardInput,
  // npm runs its scripts in the project's folder and says from where it was called.
  folder: process.env.INIT_CWD ?? process.cwd(),
  environment: process.env,
});
