import { z } from 'zod';
import { civilDateSchema, startOfChinaDay } from '../../rules/civil-date.ts';
import { compareLineVariants, variantsRequestSchema } from '../../rules/compliance/compare-variants.ts';
import { variantsComparedSchema } from '../contract.ts';
import { variantsExample } from '../examples.ts';
import { answer, problemsOf } from '../openapi.ts';
import type { Api, ServicesWithReference } from '../services.ts';

z.globalRegistry.add(variantsRequestSchema, {
  ...z.globalRegistry.get(variantsRequestSchema),
  examples: [variantsExample],
});

const schema = {
  operationId: 'compareVariants',
  tags: ['compliance'],
  summary: 'Compare goods made otherwise under trade remedies',
  description:
    'Which orders against dumping or subsidies a genuine variant of material or design would leave, and why. Judged by code, name and origin of the line as it is: what is only declared otherwise is refused or left out, with the law. A person confirms every answer. Nothing is stored.',
  querystring: z.object({
    asOf: civilDateSchema
      .optional()
      .describe('The day from which that of the entry is counted; default: today in China.'),
  }),
  body: variantsRequestSchema,
  response: {
    200: answer(variantsComparedSchema, 'Each variant, refused or compared.'),
    ...problemsOf('bad-request', 'invalid-parameters', 'too-large', 'unsupported-media-type', 'invalid-content'),
  },
};

export function complianceVariantRoutes(app: Api, { reference }: ServicesWithReference): void {
  app.post('/compliance/variants', { schema }, async ({ body, query: { asOf } }) =>
    compareLineVariants(body, asOf === undefined ? new Date().toISOString() : startOfChinaDay(asOf), reference),
  );
}
