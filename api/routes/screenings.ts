import { z } from 'zod';
import { partySchema } from '../../rules/order/order.ts';
import { screenedName } from '../../rules/screening/screened-name.ts';
import { settingsOf } from '../../store/organisations.ts';
import { screeningIndexes } from '../../store/screening-index.ts';
import { screenedSchema } from '../contract.ts';
import { answer, problemsOf } from '../openapi.ts';
import type { Api, Services } from '../services.ts';

const schema = {
  operationId: 'screenName',
  tags: ['compliance'],
  summary: 'Hold a name against the lists',
  description:
    'The list entries that a name resembles, best first, with their scores and the versions of the lists. Nothing is stored or decided: `review` means that a person compares, or looks up a name that cannot be read, and never that somebody is refused; without an imported list nobody is looked up, and the outcome is `not-screened`.',
  body: z.strictObject({
    name: partySchema.shape.name,
    country: partySchema.shape.country.optional(),
    kind: z.enum(['party', 'vessel']).default('party').describe('A vessel is held against vessels only.'),
  }),
  response: {
    200: answer(screenedSchema, 'What it resembles.'),
    ...problemsOf('bad-request', 'too-large', 'unsupported-media-type', 'invalid-content'),
  },
};

export function screeningRoutes(app: Api, { database }: Services): void {
  app.post('/screenings', { schema }, async ({ caller, body: { name, country, kind } }) => {
    const { indexes, thresholds } = await database.within(caller.organisation, async (transaction) => ({
      indexes: await screeningIndexes(transaction),
      thresholds: (await settingsOf(transaction)).screening,
    }));
    return screenedName({ name, country: country ?? null, vessel: kind === 'vessel' }, indexes, thresholds);
  });
}
