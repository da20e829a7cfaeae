import type { FastifyDynamicSwaggerOptions } from '@fastify/swagger';
import { jsonSchemaTransform, jsonSchemaTransformObject } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { describeFields, dropUnused } from './openapi-words.ts';
import { type ProblemName, problemSchema, problems } from './problem.ts';

const description = `Every export shipment as one durable process, from the order to the tax refund.

**Keys.** \`Authorization: Bearer KEY\`. A key belongs to one organisation and sees nothing of others; a counterparty's key may only report events.

**Errors** are problem documents (RFC 9457, \`application/problem+json\`); \`errors\` names each field that is wrong.

**Messages** carry their sender's \`messageId\`: sent twice, they count once, so that everything may be sent again after a time-out or a 503. The answer is a verdict: \`applied\`, \`duplicate\`, \`held\` (it came before its time and is kept), \`conflict\` or \`impossible\` (recorded, changes nothing; the reason says what to do instead).

**Numbers** of money and quantity are decimal texts (\`"12.50"\`), dates \`YYYY-MM-DD\`, moments ISO 8601 in UTC.`;

/** How the routes' schemas become /openapi.json. */
export function openapiOptions(): FastifyDynamicSwaggerOptions {
  return {
    openapi: {
      openapi: '3.1.1',
      info: { title: 'Quayside', version: '1.0.0', description },
      servers: [{ url: '/' }],
      tags: [
        { name: 'shipments', description: 'Orders in, shipments out: start, import, list, look at.' },
        {
          name: 'messages',
          description: 'What customs, brokers, carriers, the tax bureau and our people report to a shipment.',
        },
        {
          name: 'compliance',
          description:
            'Checks before an order exists, lists of parties and codes, and what a change means for shipments under way.',
        },
        {
          name: 'documents',
          description:
            'Papers of a shipment: made by us, handed in as files, read, confirmed by a person, and kept for the archive (备案单证).',
        },
        {
          name: 'organisation',
          description: 'What an organisation has decided about itself: letterhead, bank, numbers, thresholds.',
        },
        { name: 'bank', description: 'Bank statements: each credit finds the instalment that it pays.' },
        { name: 'tasks', description: 'Questions put to people, each with a clock.' },
        { name: 'troubles', description: 'What is stuck, and how it goes on; for keys of a manager or an engineer.' },
        { name: 'service', description: 'Whether the service runs.' },
      ],
      components: {
        securitySchemes: { key: { type: 'http', scheme: 'bearer', description: 'API key of an organisation.' } },
      },
      security: [{ key: [] }],
    },
    transform: jsonSchemaTransform,
    transformObject: (document) => dropUnused(describeFields(jsonSchemaTransformObject(document))),
  };
}

/** Problem documents that a route may answer, for its `response`; each by its status, with what it means. */
export function problemsOf<Name extends ProblemName>(
  ...names: Name[]
): Record<
  (typeof problems)[Name]['status'],
  { description: string; content: Record<'application/problem+json', { schema: typeof problemSchema }> }
> {
  const all = [...names, 'no-valid-key', 'not-allowed', 'internal', 'unavailable'] as ProblemName[];
  const byStatus = new Map<number, string[]>();
  for (const name of new Set(all))
    byStatus.set(problems[name].status, [
      ...(byStatus.get(problems[name].status) ?? []),
      `\`/problems/${name}\` ${problems[name].title}. ${problems[name].remedy}`,
    ]);
  return Object.fromEntries(
    [...byStatus].map(([status, words]) => [
      status,
      { description: words.join('\n\n'), content: { 'application/problem+json': { schema: problemSchema } } },
    ]),
  ) as never;
}

/** An answer's schema with the sentence that the documentation shows for its status. */
export function answer<Schema extends z.ZodType>(
  schema: Schema,
  words: string,
): { description: string; content: { 'application/json': { schema: Schema } } } {
  return { description: words, content: { 'application/json': { schema } } };
}

/** An answer that is a file, by its media type. */
export function fileAnswer(mediaType: string, words: string) {
  const schema = z.any().meta({ type: 'string', format: 'binary' });
  return { description: words, content: { [mediaType]: { schema } } };
}
