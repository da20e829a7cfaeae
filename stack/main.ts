/** `npm start`: the whole of Quayside on this machine until Ctrl-C. */
import { join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { credentialsFile, readCredentials } from './credentials.ts';
import { type Stack, StartGivenUp, startStack } from './stack.ts';

const root = fileURLToPath(new URL('..', import.meta.url));

function portOf(variable: string, byDefault: number): number {
  const text = process.env[variable];
  if (text === undefined || text === '') return byDefault;
  const port = Number(text);
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    throw new Error(`${variable} is "${text}", and has to be a port (0 for any free one).`);
  return port;
}

/** As a person would type it from where they are. */
function shown(path: string): string {
  const short = relative(process.cwd(), path);
  return short.startsWith('..') ? path : short;
}

function welcome({ running }: Stack, dataDir: string, seconds: string): string {
  const order = shown(join(root, 'examples/order.json'));
  const credentials = shown(credentialsFile(dataDir));
  const rows = [
    ['API', running.api],
    ['documentation', running.docs],
    ['Temporal', running.temporalUi || running.temporalAddress],
    ['organisation', running.organisation],
    ['key', `in ${credentials}, and in ${shown(join(dataDir, 'running.json'))}`],
  ];
  const key = `$(node -p 'JSON.parse(require("fs").readFileSync("${credentials}")).key')`;
  return [
    '',
    `  Quayside runs (ready in ${seconds} s).`,
    '',
    ...rows.map(([name = '', value]) => `  ${name.padEnd(15)}${value}`),
    '',
    '  Start a shipment:',
    '',
    `  curl -X POST ${running.api}/v1/shipments -H "authorization: Bearer ${key}" -H 'content-type: application/json' -H "idempotency-key: $(date +%s)" -d @${order}`,
    '',
    '  Ctrl-C stops it; started again, every shipment goes on.',
    '',
  ].join('\n');
}

async function main(): Promise<void> {
  const began = Date.now();
  const dataDir = resolve(process.env.QUAYSIDE_DATA_DIR || join(root, '.quayside/start'));
  const say = (line: string) => console.log(line);
  // A terminal that was closed takes our output with it; the shipments are to stop in order all the same.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);

  const giveUp = new AbortController();
  let askStop = () => {};
  const stopAsked = new Promise<void>((done) => {
    askStop = done;
  });
  const onSignal = () => {
    // npm passes Ctrl-C on a second time; whoever presses it twice reads that it is under way.
    if (giveUp.signal.aborted) return;
    say('\nStopping: what is under way is finished first …');
    giveUp.abort();
    askStop();
  };
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(name, onSignal);

  say('Starting PostgreSQL, the Temporal server, the sandboxes, the worker and the API …');
  try {
    const stack = await startStack({
      dataDir,
      apiPort: portOf('QUAYSIDE_API_PORT', 8080),
      temporalPort: portOf('QUAYSIDE_TEMPORAL_PORT', 7233),
      uiPort: portOf('QUAYSIDE_UI_PORT', 8233),
      sandboxAnswers: 'live',
      organisation: readCredentials(dataDir)?.organisation ?? 'acme',
      log: say,
      signal: giveUp.signal,
    });
    if (!giveUp.signal.aborted) say(welcome(stack, dataDir, ((Date.now() - began) / 1000).toFixed(1)));
    await stopAsked;
    await stack.stop();
    say('Stopped. Nothing is lost: npm start goes on from here.');
    process.exit(0);
  } catch (error) {
    if (error instanceof StartGivenUp) {
      say('Stopped before it was ready.');
      process.exit(0);
    }
    console.error(`Quayside could not be started.\n${error instanceof Error ? error.message : String(error)}`);
    process.exit(1);
  }
}

await main();
