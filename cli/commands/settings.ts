import { extname } from 'node:path';
import type { Command } from 'commander';
import { z } from 'zod';
import { organisationSettingsSchema, settingsSavedSchema } from '../../api/settings-contract.ts';
import { settingsSentSchema } from '../../rules/settings-sent.ts';
import { answerOf, askQuayside, quaysideOrNot } from '../asking.ts';
import { readFiles } from '../files.ts';
import { putOver } from '../quayside.ts';
import { settingsText } from '../settings-text.ts';
import { NotUnderstood, type Terminal } from '../terminal.ts';
import { fromJson, fromYaml, readText } from '../written-file.ts';

const PATH = '/v1/organisation/settings';
const HELP = `
show prints a file that set takes: quayside settings show > settings.yaml, change it, quayside settings set settings.yaml.
The file begins with the revision that it was made from: when somebody else has saved since, nothing is written. Only a
manager's key saves. The logo is named by its hash: leave its lines as they are, take them away, or give another with --logo.
Exit status: 0 done, 64 the file is not understood or refused, 1 anything else.`;

/** A settings file: the settings, and the revision that they were made from. */
const settingsFileSchema = settingsSentSchema.extend({
  revision: z
    .number({
      error: ({ input }) =>
        input === undefined ? 'is missing: quayside settings show tells it' : 'must be a number, as show prints it',
    })
    .int()
    .min(0),
});

/** `quayside settings`: what the organisation has decided about itself. */
export function settingsCommand(program: Command, terminal: Terminal): void {
  const settings = program
    .command('settings')
    .description('letterhead, bank, numbers and thresholds of the organisation')
    .addHelpText('after', HELP);
  settings
    .command('show')
    .description('print the settings as a file that set takes')
    .option('--revision <N>', 'an earlier revision; default: the one in force')
    .option('--json', 'print the answer of GET /v1/organisation/settings')
    .action((options: ShowOptions) => show(options, terminal));
  settings
    .command('set')
    .argument('<FILE>', 'YAML or JSON, - for standard input')
    .description('save the settings of a file, the whole')
    .option('--logo <FILE>', 'the logo: PNG or JPEG, at most 64 KB')
    .option('--from <WHO>', 'who saves them', 'command line')
    .option('--json', 'print the answer of PUT /v1/organisation/settings')
    .action((file: string, options: SetOptions) => set(file, options, terminal));
}

interface ShowOptions {
  revision?: string;
  json?: true;
}

interface SetOptions {
  logo?: string;
  from: string;
  json?: true;
}

async function show({ revision, json }: ShowOptions, terminal: Terminal): Promise<void> {
  if (revision !== undefined && !/^\d{1,9}$/.test(revision))
    throw new NotUnderstood(`--revision ${revision}: revisions are counted from 1, 0 is what was set up`);
  const path = revision === undefined ? PATH : `${PATH}?revision=${revision}`;
  const { read, raw } = await askQuayside(terminal, { path, schema: organisationSettingsSchema });
  if (json) return terminal.say(JSON.stringify(raw, null, 2));
  // An old revision that is set again is put over the one in force, not over the one after it.
  const inForce = read.history[0]?.revision ?? read.revision;
  terminal.say(...settingsText(read, inForce));
}

async function set(file: string, { logo, from, json }: SetOptions, terminal: Terminal): Promise<void> {
  const place = quaysideOrNot(terminal);
  const { revision, ...settings } = await settingsIn(file, terminal);
  const sent = logo === undefined ? settings : withLogo(settings, await logoIn(logo, terminal));
  const reply = await putOver(place, PATH, { body: { source: from, settings: sent }, seen: revision });
  const saved = answerOf(reply, settingsSavedSchema);
  if (json) return terminal.say(JSON.stringify(reply.body, null, 2));
  terminal.say(
    saved.unchanged
      ? `These settings are in force already, as revision ${saved.revision}: nothing was written.`
      : `Saved as revision ${saved.revision}. Papers that are locked stay as they are; those made from now on follow it.`,
  );
}

type FileContent = z.infer<typeof settingsFileSchema>;

async function settingsIn(file: string, terminal: Terminal): Promise<FileContent> {
  const written = await readText(file, terminal);
  if (written.text.trim() === '')
    throw new NotUnderstood(`${written.name} is empty: quayside settings show prints a file to change.`);
  const isJson = extname(file).toLowerCase() === '.json' || written.text.trimStart().startsWith('{');
  const wanted = { schema: settingsFileSchema, whole: 'the settings' };
  return isJson ? fromJson(written, wanted) : fromYaml(written, wanted);
}

type Sent = Omit<FileContent, 'revision'>;
type LogoSent = NonNullable<NonNullable<Sent['exporter']['letterhead']>['logo']>;

async function logoIn(name: string, terminal: Terminal): Promise<LogoSent> {
  const [file] = await readFiles([name], terminal);
  const content = file?.content ?? Buffer.alloc(0);
  if (content.length === 0) throw new NotUnderstood(`${name} is empty.`);
  const isJpeg = content.subarray(0, 3).equals(Buffer.from([0xff, 0xd8, 0xff]));
  return { mediaType: isJpeg ? 'image/jpeg' : 'image/png', base64: content.toString('base64') };
}

function withLogo({ exporter, ...settings }: Sent, logo: LogoSent): Sent {
  const { letterhead = { lines: [] } } = exporter;
  return { ...settings, exporter: { ...exporter, letterhead: { ...letterhead, logo } } };
}
