import { checkLogo } from '../../printing/check-logo.ts';
import { unprintableCharacters } from '../../printing/glyphs.ts';
import { contentHashOf } from '../../rules/documents/content-hash.ts';
import { type FieldError, fieldPath, summaryOf } from '../../rules/field-errors.ts';
import type { Settings } from '../../rules/settings.ts';
import { type SettingsSent, settingsToKeep } from '../../rules/settings-sent.ts';
import type { Database } from '../../store/database.ts';
import { logosOf, type SettingsRevision, saveSettings, standingSettings } from '../../store/organisation-settings.ts';
import type { Caller } from '../access.ts';
import { Problem } from '../problem.ts';

/** Settings that somebody hands in. */
export interface HandedIn {
  /** The revision that their sender has seen. */
  seen: number;
  /** Who saves them, in the sender's words. */
  source: string;
  settings: SettingsSent;
}

/**
 * Keeps an organisation's settings as its next revision, or nothing. The settings that stand, sent again, change nothing: an
 * answer that was lost is asked for again safely.
 * @throws Problem `changed-meanwhile` where somebody else has saved since the sender looked, `invalid-content` where our papers
 * could not show them
 */
export async function keepSettings(
  database: Database,
  caller: Caller,
  { seen, source, settings: sent }: HandedIn,
): Promise<SettingsRevision & { unchanged: boolean }> {
  return database.within(caller.organisation, async (transaction) => {
    const standing = await standingSettings(transaction);
    const logo = sent.exporter.letterhead?.logo;
    const whole = settingsToKeep(sent, logo && logo.base64 === undefined ? await logosOf(transaction) : []);
    if ('settings' in whole && contentHashOf(whole.settings) === contentHashOf(standing.settings))
      return { ...standing, unchanged: true };
    if (seen !== standing.revision) throw changedMeanwhile(seen, standing);
    const errors = 'errors' in whole ? whole.errors : printingErrors(whole.settings);
    if ('errors' in whole || errors.length > 0) throw new Problem('invalid-content', summaryOf(errors), { errors });
    const saved = await saveSettings(transaction, { after: seen, settings: whole.settings, by: caller, from: source });
    if (!saved) throw changedMeanwhile(seen, await standingSettings(transaction));
    return { ...saved, unchanged: false };
  });
}

/** What of the settings our papers cannot show. */
function printingErrors({ exporter }: Settings): FieldError[] {
  return [...logoErrors(exporter), ...unprintableTexts(exporter, ['settings', 'exporter'])];
}

function logoErrors({ letterhead }: Settings['exporter']): FieldError[] {
  if (!letterhead?.logo) return [];
  try {
    checkLogo(letterhead.logo);
    return [];
  } catch (error) {
    return [{ field: 'settings.exporter.letterhead.logo', message: (error as Error).message }];
  }
}

function unprintableTexts(value: unknown, path: readonly PropertyKey[]): FieldError[] {
  if (typeof value === 'string') {
    const characters = unprintableCharacters(value);
    return characters.length === 0
      ? []
      : [
          {
            field: fieldPath(path),
            message: `our papers cannot show ${characters.join(' ')}: write it in Latin or Chinese letters`,
          },
        ];
  }
  if (Array.isArray(value)) return value.flatMap((item, index) => unprintableTexts(item, [...path, index]));
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, item]) => unprintableTexts(item, [...path, key]));
}

function changedMeanwhile(seen: number, { revision, savedFrom, savedAt }: SettingsRevision): Problem {
  const saved = savedAt === null ? '' : `, saved by ${savedFrom} at ${savedAt}`;
  return new Problem(
    'changed-meanwhile',
    `you have seen revision ${seen}, and revision ${revision} is in force${saved}: nothing was written; look again and carry your change over`,
  );
}
