import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import type { Command } from 'commander';
import { documentConfirmedSchema, documentListSchema, fileTakenSchema } from '../../api/document-contract.ts';
import { standingInWords } from '../../rules/documents/known-kinds.ts';
import { answerOf, askQuayside, quaysideOrNot } from '../asking.ts';
import { documentListText, readingText } from '../document-report.ts';
import { readFiles, whyNot } from '../files.ts';
import { fetchFile, sendFiles } from '../quayside.ts';
import { NotDone, NotUnderstood, type Terminal } from '../terminal.ts';

const HELP = `
A paper that was read is no evidence before a person has confirmed it: add shows what was read, confirm takes it, with
--set for what was read wrongly (quayside document confirm LAMPS-1 PC-118 --set 'lines[0].unit=个').
Exit status: 0 done, 64 not understood or refused, 1 anything else.`;

/** `quayside document`: the papers of a shipment. */
export function documentCommand(program: Command, terminal: Terminal): void {
  const document = program.command('document').description('the papers of a shipment').addHelpText('after', HELP);
  document
    .command('add')
    .argument('<REFERENCE>', 'the shipment')
    .argument('<FILE>', 'PDF, XLSX, picture, XML or OFD, at most 20 MB')
    .description('hand in the file of a paper, and show what was read')
    .option('--kind <KIND>', 'what it is, for example purchase-contract; default: what its words say')
    .option('--id <ID>', 'id of the paper; another file under the same id is the paper re-issued')
    .option('--from <WHO>', 'who hands it in', 'command line')
    .option('--json', 'print the answer of POST /v1/shipments/{reference}/documents')
    .action((reference: string, file: string, options: AddOptions) => add(reference, file, options, terminal));
  document
    .command('confirm')
    .argument('<REFERENCE>', 'the shipment')
    .argument('<ID>', 'id of the paper')
    .description('confirm what a paper says, as it was read or corrected')
    .option('--kind <KIND>', 'what it is, where that was not known')
    .option('--number <NUMBER>', 'its number, where it is another than was read')
    .option('--set <PATH=VALUE...>', 'what was read wrongly or not at all; an empty value takes a field away')
    .option('--from <WHO>', 'who confirms it', 'command line')
    .option('--json', 'print the answer of POST /v1/shipments/{reference}/documents/confirmation')
    .action((reference: string, id: string, options: ConfirmOptions) => confirm(reference, id, options, terminal));
  document
    .command('list')
    .argument('<REFERENCE>', 'the shipment')
    .description('papers, files to confirm, and what the archive still wants')
    .option('--json', 'print the answer of GET /v1/shipments/{reference}/documents')
    .action((reference: string, options: { json?: true }) => list(reference, options, terminal));
  document
    .command('get')
    .argument('<REFERENCE>', 'the shipment')
    .argument('<ID>', 'id of the paper')
    .description('save the file of a paper')
    .option('--revision <N>', 'default: the latest')
    .option('--output <FILE>', 'where to; default: its own name, here')
    .action((reference: string, id: string, options: GetOptions) => get(reference, id, options, terminal));
  document
    .command('export')
    .argument('<REFERENCE>', 'the shipment')
    .description('save the document archive (备案单证) as a zip with its catalogue')
    .option('--output <FILE>', 'where to; default: its own name, here')
    .action((reference: string, { output }: { output?: string }) =>
      save(`${pathOf(reference)}/archive`, output, terminal),
    );
}

interface AddOptions {
  kind?: string;
  id?: string;
  from: string;
  json?: true;
}

interface ConfirmOptions {
  kind?: string;
  number?: string;
  set?: string[];
  from: string;
  json?: true;
}

interface GetOptions {
  revision?: string;
  output?: string;
}

const pathOf = (reference: string) => `/v1/shipments/${encodeURIComponent(reference)}/documents`;

async function add(reference: string, name: string, { kind, id, from, json }: AddOptions, terminal: Terminal) {
  const [file] = await readFiles([name], terminal);
  if (!file) throw new NotUnderstood(`${name}: there is no such file`);
  const fields = [['source', from] as const, ...optional('kind', kind), ...optional('documentId', id)];
  const reply = await sendFiles(quaysideOrNot(terminal), pathOf(reference), { files: [file], fields });
  const taken = answerOf(reply, fileTakenSchema);
  if (json) return terminal.say(JSON.stringify(reply.body, null, 2));
  terminal.say(
    taken.isNew
      ? `${taken.documentId} is kept (${taken.file.mediaType}, ${taken.file.sizeBytes} bytes).`
      : `${taken.documentId}: the shipment has this very file already; nothing was taken twice.`,
    ...taken.notes,
    ...(taken.alsoIn.length > 0 ? [`The same file is in ${taken.alsoIn.join(', ')}: is it the right shipment?`] : []),
    '',
    ...readingText(taken.reading, taken.kind),
    ...(taken.kind === null || taken.ofKind === null ? [] : [standingInWords(taken.kind, taken.ofKind)]),
    '',
    `To confirm: quayside document confirm ${reference} ${taken.documentId}${taken.kind === null ? ' --kind KIND' : ''}`,
  );
}

function optional(name: string, value: string | undefined): (readonly [string, string])[] {
  return value === undefined ? [] : [[name, value]];
}

async function confirm(
  reference: string,
  documentId: string,
  { kind, number, set = [], from, json }: ConfirmOptions,
  terminal: Terminal,
): Promise<void> {
  const body = {
    ...{ messageId: `confirm/${randomUUID()}`, occurredAt: new Date().toISOString(), source: from, documentId },
    ...{ kind, number, corrections: Object.fromEntries(set.map(correctionOf)) },
  };
  const { read, raw } = await askQuayside(terminal, {
    ...{ path: `${pathOf(reference)}/confirmation`, body, schema: documentConfirmedSchema },
  });
  if (json) return terminal.say(JSON.stringify(raw, null, 2));
  terminal.say(
    read.status === 'held'
      ? `${documentId} is confirmed, and looked at as soon as the order is taken in.`
      : `${documentId} is confirmed with ${inLines(read.facts.lines.length)}.`,
    standingInWords(read.kind, read.ofKind),
  );
}

const inLines = (count: number) => (count === 1 ? '1 line' : `${count} lines`);

function correctionOf(pair: string): [string, string | null] {
  const [, path, value] = /^([A-Za-z][\w.[\]]*)=(.*)$/s.exec(pair) ?? [];
  if (path === undefined || value === undefined)
    throw new NotUnderstood(`--set ${pair}: write path=value, for example lines[0].quantity=500`);
  return [path, value === '' ? null : value];
}

async function list(reference: string, { json }: { json?: true }, terminal: Terminal): Promise<void> {
  const { read, raw } = await askQuayside(terminal, { path: pathOf(reference), schema: documentListSchema });
  terminal.say(...(json ? [JSON.stringify(raw, null, 2)] : documentListText(read)));
}

async function get(reference: string, id: string, { revision, output }: GetOptions, terminal: Terminal) {
  if (revision !== undefined && !/^[1-9]\d*$/.test(revision))
    throw new NotUnderstood(`--revision ${revision}: revisions are counted from 1`);
  const query = new URLSearchParams({ id, ...(revision === undefined ? {} : { revision }) });
  await save(`${pathOf(reference)}/file?${query}`, output, terminal);
}

async function save(path: string, output: string | undefined, terminal: Terminal): Promise<void> {
  const reply = await fetchFile(quaysideOrNot(terminal), path);
  if (!('bytes' in reply)) return void answerOf(reply, documentListSchema);
  // Its own name is the sender's: without a path, and never over a file that is there.
  const target = resolve(terminal.folder, output ?? basename(reply.name));
  if (output === undefined && existsSync(target))
    throw new NotDone(`${basename(target)} is here already: say with --output where to save it.`);
  try {
    await writeFile(target, reply.bytes);
  } catch (error) {
    throw new NotDone(`${target}: ${whyNot(error)}`);
  }
  terminal.say(`Saved: ${target} (${reply.bytes.length} bytes)`);
}
