/** What the API takes and answers about an organisation's settings. */
import { z } from 'zod';
import { instantSchema } from '../rules/civil-date.ts';
import { settingsSentSchema, settingsShownSchema } from '../rules/settings-sent.ts';
import { submitDocumentSchema } from '../workflows/messages.ts';
import { settingsExample } from './examples.ts';

const nullable = <Schema extends z.ZodType>(schema: Schema) => schema.nullable();

const savedShape = {
  revision: z
    .number()
    .int()
    .describe('Counted from 1 and also in the header ETag; 0 is what the organisation was set up with.'),
  savedAt: nullable(instantSchema).describe('When it was saved; null for revision 0.'),
  savedBy: nullable(z.string()).describe('Role of the key that saved it; null for revision 0.'),
  keyId: nullable(z.string()).describe('Number of the key that saved it; null for revision 0.'),
  savedFrom: nullable(z.string()).describe('Who saved it, in the sender’s words; null for revision 0.'),
};
const settings = settingsShownSchema.describe('The settings, defaults filled in; the logo by type, size and hash.');

/** What `PUT /v1/organisation/settings` takes. */
export const settingsPutSchema = z.strictObject({
  source: submitDocumentSchema.shape.source.describe('Who saves them.'),
  settings: settingsSentSchema.describe('The whole settings: what is left out takes its default.'),
});

/** What `GET /v1/organisation/settings` answers. */
export const organisationSettingsSchema = z.object({
  ...savedShape,
  settings,
  history: z.array(z.object(savedShape)).describe('Who saved which revision, the latest first; at most 50.'),
});
export type OrganisationSettings = z.infer<typeof organisationSettingsSchema>;

/** What `PUT /v1/organisation/settings` answers. */
export const settingsSavedSchema = z.object({
  ...savedShape,
  settings,
  unchanged: z.boolean().describe('These very settings were in force already: nothing was written.'),
});

z.globalRegistry.add(settingsShownSchema, { ...z.globalRegistry.get(settingsShownSchema), id: 'OrganisationSettings' });
z.globalRegistry.add(settingsSentSchema, {
  ...{ ...z.globalRegistry.get(settingsSentSchema), id: 'SettingsToSave' },
  examples: [settingsExample],
});
