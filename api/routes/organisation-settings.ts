import { z } from 'zod';
import { shownSettings } from '../../rules/settings-sent.ts';
import type { Transaction } from '../../store/database.ts';
import {
  type SettingsRevision,
  settingsHistory,
  settingsOfRevision,
  standingSettings,
} from '../../store/organisation-settings.ts';
import { answer, problemsOf } from '../openapi.ts';
import { notFound } from '../problem.ts';
import type { Api, Services } from '../services.ts';
import { keepSettings } from '../settings/save-settings.ts';
import { organisationSettingsSchema, settingsPutSchema, settingsSavedSchema } from '../settings-contract.ts';

/** Saved revisions that are shown. */
const HISTORY_AT_MOST = 50;
/** As an ETag has it, weak or strong, or the bare number. */
const seenPattern = /^(?:W\/)?"?(\d{1,9})"?$/;

const reading = {
  operationId: 'getOrganisationSettings',
  tags: ['organisation'],
  summary: 'Look at the settings',
  description:
    'As they stand, or an earlier revision: papers stay as they were made under it. The logo is told by type, size and hash; `logo=whole` adds the picture. What is answered under `settings` can be sent back as it is.',
  querystring: z.object({
    logo: z.literal('whole').optional().describe('Adds the picture of the logo in base64.'),
    revision: z.coerce.number().int().min(0).max(999_999_999).optional().describe('Default: the one in force.'),
  }),
  response: {
    200: answer(organisationSettingsSchema, 'The settings; the header ETag has their revision.'),
    ...problemsOf('invalid-parameters', 'not-found'),
  },
};

const saving = {
  operationId: 'putOrganisationSettings',
  tags: ['organisation'],
  summary: 'Save the settings',
  description:
    'The whole settings, for keys of a manager: an account that buyers pay to is no clerk’s decision. `If-Match` names the revision that you have seen; when somebody else has saved since, nothing is written. Papers that are locked stay as they are; those made from now on follow the new settings, under the numbers that their shipment’s first papers have. Settings that our fonts cannot print, or a broken logo, are refused.',
  headers: z.object({
    'if-match': z
      .string()
      .regex(seenPattern, 'give the revision that you have seen, as GET answers it in ETag, for example "3"')
      .describe('The revision that you have seen, as ETag has it.'),
  }),
  body: settingsPutSchema,
  response: {
    200: answer(settingsSavedSchema, 'They are in force; the header ETag has their revision.'),
    ...problemsOf(
      ...(['bad-request', 'invalid-parameters', 'changed-meanwhile', 'too-large'] as const),
      ...(['unsupported-media-type', 'invalid-content'] as const),
    ),
  },
};

export function organisationSettingsRoutes(app: Api, { database }: Services): void {
  app.get('/organisation/settings', { schema: reading }, async ({ caller, query: { logo, revision } }, reply) => {
    const { found, history } = await database.within(caller.organisation, async (transaction) => ({
      found: await revisionIn(transaction, revision),
      history: await settingsHistory(transaction, HISTORY_AT_MOST),
    }));
    reply.header('etag', etagOf(found));
    return { ...found, settings: shownSettings(found.settings, logo === 'whole'), history };
  });

  app.put(
    '/organisation/settings',
    { schema: saving, config: { forRoles: ['manager'] } },
    async ({ caller, headers, body }, reply) => {
      const seen = Number(seenPattern.exec(headers['if-match'])?.[1]);
      const kept = await keepSettings(database, caller, { seen, ...body });
      reply.header('etag', etagOf(kept));
      return { ...kept, settings: shownSettings(kept.settings, false) };
    },
  );
}

async function revisionIn(transaction: Transaction, revision: number | undefined): Promise<SettingsRevision> {
  if (revision === undefined) return standingSettings(transaction);
  const found = await settingsOfRevision(transaction, revision);
  if (!found) throw notFound(`revision ${revision} of the settings`);
  return found;
}

const etagOf = ({ revision }: SettingsRevision) => `"${revision}"`;
