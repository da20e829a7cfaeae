import { type Command, Option } from 'commander';
import { listImportedSchema, referenceListsSchema } from '../../api/contract.ts';
import { loadReference } from '../../reference/load.ts';
import { chinaDate, civilDateSchema } from '../../rules/civil-date.ts';
import { type AgedRule, agedRules } from '../../rules/compliance/aged-rules.ts';
import { answerOf, askQuayside, quaysideOrNot } from '../asking.ts';
import { readFiles } from '../files.ts';
import { table } from '../layout.ts';
import { sendFiles } from '../quayside.ts';
import { NotUnderstood, type Terminal } from '../terminal.ts';

const lists = ['sdn', 'csl', 'hs', 'tariff', 'declarations'];

const HELP = `
Lists: sdn (sdn.csv alt.csv add.csv sdn_comments.csv), csl (consolidated.csv), hs (nomenclature, CSV),
tariff (ten-digit table, CSV or XLSX), declarations (past declarations, CSV or XLSX).
Every line is read or nothing is imported. Files that hold less than 80 % of what is in force, as a download that broke
off does, are refused unless --fewer says that the list has become as short. Open shipments are then looked at again.
Exit status: 0 done (also when these files are in force already), 64 a file cannot be read, 1 anything else.`;

/** `quayside reference`: lists and tables that come from outside, and the age of what is built in. */
export function referenceCommand(program: Command, terminal: Terminal): void {
  const reference = program.command('reference').description('lists, tables and the age of the rules');
  reference
    .command('import')
    .argument('<LIST>', lists.join(', '))
    .argument('<FILE...>', 'its files, all of the same day')
    .description('put a list or a table in force')
    .option('--map <FIELD=COLUMN...>', 'where a table of tariff or declarations calls a column otherwise')
    .option('--fewer', 'the list may hold much less than the version in force')
    .option('--json', 'print the answer of POST /v1/reference/{list}')
    .addHelpText('after', HELP)
    .action(async (list: string, files: string[], options: ImportOptions) =>
      importList(list, files, options, terminal),
    );
  reference
    .command('list')
    .description('what is in force, with versions')
    .option('--json', 'print the answer of GET /v1/reference')
    .action(async (options: { json?: true }) => listLists(options, terminal));
  reference
    .command('aged')
    .description('rules and rates that nobody has verified for too long')
    .addOption(new Option('--as-of <DATE>', 'YYYY-MM-DD').default(undefined, 'today in China'))
    .option('--json', 'print them as JSON')
    .action((options: { asOf?: string; json?: true }) => showAged(options, terminal));
}

interface ImportOptions {
  map?: string[];
  fewer?: boolean;
  json?: true;
}

async function importList(
  list: string,
  names: readonly string[],
  { map = [], fewer = false, json }: ImportOptions,
  terminal: Terminal,
): Promise<void> {
  if (!lists.includes(list)) throw new NotUnderstood(`There is no list ${list}: choose one of ${lists.join(', ')}.`);
  const wrong = map.find((pair) => !/^[A-Za-z]+=./.test(pair));
  if (wrong !== undefined) throw new NotUnderstood(`--map ${wrong}: write field=column, for example code=商品编码`);
  const files = await readFiles(names, terminal);
  const fields = [...map.map((pair) => ['map', pair] as const), ...(fewer ? [['confirm', 'fewer'] as const] : [])];
  const reply = await sendFiles(quaysideOrNot(terminal), `/v1/reference/${list}`, { files, fields });
  const { version, entries, previousVersion, unchanged, recheck } = answerOf(reply, listImportedSchema);
  if (json) return terminal.say(JSON.stringify(reply.body, null, 2));
  terminal.say(
    unchanged
      ? `${list}: these files are in force already, version ${version}, ${entries} entries; nothing was written.`
      : `${list}: version ${version} is in force, ${entries} entries${previousVersion === null ? '' : `; before it ${previousVersion}`}.`,
    ...(unchanged || recheck === null
      ? []
      : [`Open shipments are looked at again: /v1/compliance/rechecks/${recheck}`]),
  );
}

async function listLists({ json }: { json?: true }, terminal: Terminal): Promise<void> {
  const { read, raw } = await askQuayside(terminal, { path: '/v1/reference', schema: referenceListsSchema });
  if (json) return terminal.say(JSON.stringify(raw, null, 2));
  const absent = lists.filter((list) => !read.lists.some((one) => one.list === list));
  terminal.say(
    ...table(
      [
        { heading: 'list' },
        { heading: 'version' },
        { heading: 'entries' },
        { heading: 'imported' },
        { heading: 'files', most: 50 },
      ],
      read.lists.map(({ list, version, entries, importedAt, files }) => [
        list,
        version,
        String(entries),
        importedAt.slice(0, 10),
        files.map(({ name }) => name).join(', '),
      ]),
    ),
    ...(absent.length === 0 ? [] : ['', `Not imported: ${absent.join(', ')}.`]),
  );
}

function showAged({ asOf, json }: { asOf?: string; json?: true }, terminal: Terminal): void {
  const day = asOf === undefined ? undefined : civilDateSchema.safeParse(asOf);
  if (day && !day.success) throw new NotUnderstood(`--as-of ${asOf}: ${day.error.issues[0]?.message}`);
  const aged = agedRules(loadReference(), day?.data ?? chinaDate(new Date().toISOString()));
  if (json) terminal.say(JSON.stringify(aged, null, 2));
  else terminal.say(...agedText(aged));
}

function agedText(aged: readonly AgedRule[]): string[] {
  if (aged.length === 0) return ['Nothing has grown old.'];
  return [
    `${aged.length} to verify again:`,
    ...table(
      [{ heading: 'due since' }, { heading: 'verified' }, { heading: 'kind' }, { heading: 'table' }, { heading: 'id' }],
      aged.map(({ dueOn, verifiedOn, kind, table: of, id }) => [dueOn, verifiedOn, kind, of, id]),
    ),
  ];
}
