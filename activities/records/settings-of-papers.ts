/** Under which settings a shipment's papers are made: an organisation may change its own while the shipment is under way. */
import type { Settings } from '../../rules/settings.ts';
import type { Transaction } from '../../store/database.ts';
import { type SettingsRevision, settingsOfRevision, standingSettings } from '../../store/organisation-settings.ts';
import { settingsOfMadePapers } from '../../store/papers.ts';

/** Settings, and which revision of the organisation's they are. */
export interface SettingsOfPapers {
  settings: Settings;
  settingsRevision: number;
}

/** Saved while a set of papers was made and kept, which takes a second; more only while the worker was away in between. */
const TRIED_AT_MOST = 30;

/** Settings for the papers of that revision: those in force, with the numbers under which the shipment's first papers went out. */
export async function settingsForPapers(
  transaction: Transaction,
  reference: string,
  papersRevision: number,
): Promise<Settings> {
  const standing = await standingSettings(transaction);
  return (await withFirstNumbers(transaction, reference, papersRevision))(standing).settings;
}

/**
 * Every way in which those papers may have been made, the settings in force first: between the making of papers and their
 * being kept somebody may have saved others.
 */
export async function* settingsThatMadePapers(
  transaction: Transaction,
  reference: string,
  papersRevision: number,
): AsyncGenerator<SettingsOfPapers> {
  const numbered = await withFirstNumbers(transaction, reference, papersRevision);
  const standing = await standingSettings(transaction);
  yield numbered(standing);
  const last = Math.max(0, standing.revision - TRIED_AT_MOST);
  for (let revision = standing.revision - 1; revision >= last; revision--) {
    const earlier = await settingsOfRevision(transaction, revision);
    if (earlier) yield numbered(earlier);
  }
}

/**
 * Settings under which the latest papers of the shipment were made: what is declared is what was locked. Those in force
 * where none are kept.
 */
export async function settingsOfLockedPapers(transaction: Transaction, reference: string): Promise<Settings> {
  const made = (await settingsOfMadePapers(transaction, reference)).at(-1);
  const locked = made && (await settingsOfRevision(transaction, made.settingsRevision));
  if (!made || !locked) return settingsForPapers(transaction, reference, 1);
  return (await withFirstNumbers(transaction, reference, made.revision))(locked).settings;
}

/** A corrected paper keeps its number, and what was agreed under a contract number stays under it. */
async function withFirstNumbers(transaction: Transaction, reference: string, papersRevision: number) {
  const [first] = (await settingsOfMadePapers(transaction, reference)).filter(
    ({ revision }) => revision < papersRevision,
  );
  const numbering = first && (await settingsOfRevision(transaction, first.settingsRevision))?.settings.numbering;
  return ({ settings, revision }: SettingsRevision): SettingsOfPapers => ({
    settings: numbering ? { ...settings, numbering } : settings,
    settingsRevision: revision,
  });
}
