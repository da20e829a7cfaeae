import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { findRecheck, listRechecks } from '../../store/rechecks.ts';
import { recheckWorkflowId } from '../../workflows/messages.ts';
import { recheckListSchema, recheckSchema, recheckStartedSchema } from '../contract.ts';
import { startRecheck } from '../engine.ts';
import { answeredOnce, onceHeaders } from '../once.ts';
import { answer, problemsOf } from '../openapi.ts';
import { notFound } from '../problem.ts';
import type { Api, Services } from '../services.ts';

const SHOWN = 50;
const params = z.object({ id: z.string().min(1).max(120) });

const start = {
  operationId: 'startRecheck',
  tags: ['compliance'],
  summary: 'Look at all open shipments again',
  description:
    'As after an import or a changed rule: each open shipment in whose review something is new makes it again and puts it to its people. It goes on by itself; its report says which and why. Sent again without an Idempotency-Key it is a second look.',
  headers: onceHeaders,
  body: z.strictObject({ reason: z.string().trim().min(1, 'say why').max(300) }),
  response: {
    202: answer(recheckStartedSchema, 'It runs.'),
    ...problemsOf('bad-request', 'invalid-parameters', 'invalid-content', 'unsupported-media-type', 'key-used-before'),
  },
};

const list = {
  operationId: 'listRechecks',
  tags: ['compliance'],
  summary: 'List the latest looks at all open shipments',
  description: 'The newest first; each with what changed, and which shipments it concerned.',
  response: { 200: answer(recheckListSchema, 'The re-checks.'), ...problemsOf() },
};

const one = {
  operationId: 'getRecheck',
  tags: ['compliance'],
  summary: 'Read the report of a re-check',
  description: 'Which open shipments a change concerns, and what is new in the review of each.',
  params,
  response: { 200: answer(recheckSchema, 'The re-check.'), ...problemsOf('invalid-parameters', 'not-found') },
};

export function recheckRoutes(app: Api, { database, temporal }: Services): void {
  app.post('/compliance/rechecks', { schema: start }, async ({ caller: { organisation }, body, headers }, reply) => {
    const request = { key: headers['idempotency-key'], door: 'POST /v1/compliance/rechecks', content: { body } };
    const kept = await database.within(organisation, (transaction) =>
      answeredOnce(transaction, request, async () => {
        const id = `asked-${randomUUID()}`;
        return { status: 202, body: JSON.stringify({ id, workflowId: recheckWorkflowId(organisation, id) }) };
      }),
    );
    // The key is kept before the engine is asked: after a 503 the same request starts the look of that id, and no second one.
    const { id } = recheckStartedSchema.parse(JSON.parse(kept.body));
    await startRecheck(temporal, organisation, { id, cause: { kind: 'rule', what: body.reason } });
    return reply
      .code(202)
      .type('application/json; charset=utf-8')
      .send(kept.body as never);
  });
  app.get('/compliance/rechecks', { schema: list }, async ({ caller }) => ({
    rechecks: await database.within(caller.organisation, (transaction) => listRechecks(transaction, SHOWN)),
  }));
  app.get('/compliance/rechecks/:id', { schema: one }, async ({ caller, params: { id } }) => {
    const found = await database.within(caller.organisation, (transaction) => findRecheck(transaction, id));
    if (!found) throw notFound(`re-check ${id}`);
    return found;
  });
}
