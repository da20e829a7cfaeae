/** An organisation's settings as a file that a person changes. */
import { stringify } from 'yaml';
import type { OrganisationSettings } from '../api/settings-contract.ts';

/** The settings as YAML, by which they can be set again; every value that is a text in quotation marks. */
export function settingsText(
  { revision, savedAt, savedBy, savedFrom, settings }: OrganisationSettings,
  inForce: number,
): string[] {
  const saved = savedAt === null ? 'as it was set up' : `saved by ${savedFrom} (${savedBy}) at ${savedAt}`;
  const open = (['letterhead', 'bank', 'signatory'] as const).filter((name) => settings.exporter[name] === undefined);
  return [
    `# Settings, revision ${revision}, ${oneLine(saved)}. Change them and save them: quayside settings set FILE`,
    ...(revision === inForce ? [] : [`# Revision ${inForce} is in force: to set this one is to put it over that.`]),
    '# What is taken away takes its default. The logo is named by its hash; give another with --logo FILE.png.',
    ...stringify(
      { revision: inForce, ...settings },
      { defaultStringType: 'QUOTE_DOUBLE', defaultKeyType: 'PLAIN', lineWidth: 0 },
    )
      .trimEnd()
      .split('\n'),
    ...(open.length > 0
      ? [`# Not decided: ${open.join(', ')}. How they are written: docs/organisation-settings.md`]
      : []),
  ];
}

/** Who saved it is in the sender's words: a line break among them would end the comment. */
const oneLine = (text: string) => text.replace(/\s+/g, ' ');
