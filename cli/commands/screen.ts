import type { Command } from 'commander';
import { z } from 'zod';
import { screenedSchema } from '../../api/contract.ts';
import { cslImporter } from '../../reference/importing/csl.ts';
import type { ImportFile } from '../../reference/importing/importer.ts';
import { sdnImporter } from '../../reference/importing/sdn.ts';
import { fieldErrors } from '../../rules/field-errors.ts';
import { partySchema } from '../../rules/order/order.ts';
import type { ScreeningEntry } from '../../rules/screening/entry.ts';
import { buildNameIndex, type NameIndex } from '../../rules/screening/name-index.ts';
import { type ScreenedName, screenedName } from '../../rules/screening/screened-name.ts';
import { settingsSchema } from '../../rules/settings.ts';
import { askQuayside } from '../asking.ts';
import { readFiles, unreadText } from '../files.ts';
import { screenedText } from '../screened-text.ts';
import { exitStatus, NotUnderstood, type Terminal } from '../terminal.ts';

interface Options {
  country?: string;
  vessel?: true;
  json?: true;
  list?: string[];
}

/** `quayside screen`: holds one name against the lists. */
export function screenCommand(program: Command, terminal: Terminal, end: (status: number) => void): void {
  program
    .command('screen')
    .argument('<NAME>', 'name of a company, person or vessel, in any script')
    .description('hold a name against the lists of restricted parties')
    .option('--country <COUNTRY>', 'its two ISO 3166 letters: supports or weakens a likeness')
    .option('--vessel', 'it is a vessel')
    .option('--json', 'print the answer of POST /v1/screenings')
    .option(
      '--list <FILE...>',
      'ask no server, and read these files instead: sdn.csv with alt.csv, or consolidated.csv',
    )
    .addHelpText(
      'after',
      '\nExit status: 0 it resembles nobody, 2 a person has to compare, or the name cannot be read, or no list is imported, 64 not understood, 1 anything else.',
    )
    .action(async (name: string, options: Options) => {
      const question = questionOf(name, options);
      const { read, raw } = options.list
        ? await screenLocally(question, await readFiles(options.list, terminal))
        : await askQuayside(terminal, { path: '/v1/screenings', body: question, schema: screenedSchema });
      terminal.say(...(options.json ? [JSON.stringify(raw, null, 2)] : screenedText(read)));
      end(read.outcome === 'clear' ? exitStatus.done : exitStatus.blocked);
    });
}

const questionSchema = z.object({
  name: partySchema.shape.name,
  country: partySchema.shape.country.optional(),
  kind: z.enum(['party', 'vessel']),
});
type Question = z.infer<typeof questionSchema>;

function questionOf(name: string, { country, vessel }: Options): Question {
  const read = questionSchema.safeParse({ name, country, kind: vessel ? 'vessel' : 'party' });
  if (read.error)
    throw new NotUnderstood(...fieldErrors(read.error.issues).map(({ field, message }) => `${field}: ${message}`));
  return read.data;
}

async function screenLocally(
  { name, country, kind }: Question,
  files: readonly ImportFile[],
): Promise<{ read: ScreenedName; raw: unknown }> {
  const read = screenedName(
    { name, country: country ?? null, vessel: kind === 'vessel' },
    await indexesOf(files),
    settingsSchema.parse({}).screening,
  );
  return { read, raw: read };
}

/** The Consolidated Screening List begins with the names of its columns; the SDN list has none. */
async function indexesOf(files: readonly ImportFile[]): Promise<NameIndex[]> {
  const isConsolidated = ({ content }: ImportFile) => /alt_names/i.test(content.toString('utf8', 0, 2000));
  const parts = [
    { importer: sdnImporter, files: files.filter((file) => !isConsolidated(file)) },
    { importer: cslImporter, files: files.filter(isConsolidated) },
  ].filter((part) => part.files.length > 0);
  return Promise.all(
    parts.map(async ({ importer, files: own }) => {
      const { entries, unread } = await importer.read(own);
      if (unread.length > 0) throw new NotUnderstood(...unreadText(unread));
      return buildNameIndex(entries, listOf(importer.list, entries));
    }),
  );
}

function listOf(list: string, entries: readonly ScreeningEntry[]) {
  return { list, version: 'files', entries: entries.length, importedAt: new Date().toISOString() };
}
