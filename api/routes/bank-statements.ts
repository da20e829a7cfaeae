import { z } from 'zod';
import { readCamt053 } from '../../activities/bank/wire.ts';
import { findStatement, insertStatement, markStatementStarted, type StatementRow } from '../../store/receipts.ts';
import { sha256Of } from '../../store/sha256.ts';
import { statementWorkflowId } from '../../workflows/messages.ts';
import { statementReceivedSchema, statementStateSchema } from '../contract.ts';
import { readStatement, startStatement } from '../engine.ts';
import { answer, problemsOf } from '../openapi.ts';
import { notFound, Problem } from '../problem.ts';
import type { Api, Services } from '../services.ts';
import { utf8Of } from '../utf8.ts';

const STATEMENT_AT_MOST_BYTES = 2_000_000;
const contentTypes = ['application/xml', 'text/xml', 'application/octet-stream'];

const receive = {
  operationId: 'receiveBankStatement',
  tags: ['bank'],
  summary: 'Hand in a bank statement',
  description:
    'camt.053 in UTF-8. Each credit is matched to an instalment that is still open; what fits nowhere, or in two places, is a task of finance. The same file twice is read once.',
  consumes: contentTypes,
  body: z
    .instanceof(Uint8Array, { error: 'send the file itself' })
    .meta({ type: 'string', format: 'binary' })
    .describe('The file as the bank made it.'),
  response: {
    202: answer(statementReceivedSchema, 'Stored; it is being read.'),
    200: answer(statementReceivedSchema, 'The same file was received before.'),
    ...problemsOf('bad-request', 'too-large', 'unsupported-media-type', 'invalid-content', 'statement-refused'),
  },
};

const look = {
  operationId: 'getBankStatement',
  tags: ['bank'],
  summary: 'See what became of a bank statement',
  params: z.object({ sha256: z.string().regex(/^[0-9a-f]{64}$/, 'the SHA-256 of the file in hex, 64 characters') }),
  response: {
    200: answer(statementStateSchema, 'Which shipments were told, and what waits for people.'),
    ...problemsOf('invalid-parameters', 'not-found'),
  },
};

export function bankStatementRoutes(api: Api, services: Services): void {
  api.register(async (app: Api) => {
    app.removeAllContentTypeParsers();
    app.addContentTypeParser(
      contentTypes,
      { parseAs: 'buffer', bodyLimit: STATEMENT_AT_MOST_BYTES },
      (_request, body, done) => done(null, body),
    );
    app.post(
      '/bank-statements',
      { schema: receive, bodyLimit: STATEMENT_AT_MOST_BYTES },
      async ({ caller, body }, reply) => {
        const { isNew, ...received } = await take(services, caller.organisation, body);
        return reply
          .code(isNew ? 202 : 200)
          .header('location', `/v1/bank-statements/${received.sha256}`)
          .send(received);
      },
    );
  });
  api.get('/bank-statements/:sha256', { schema: look }, async ({ caller, params: { sha256 } }) =>
    stateOf(services, caller.organisation, sha256),
  );
}

/**
 * Reads it first, so that nothing is stored that cannot be used; the workflow reads the stored bytes again. A crash
 * before its start is healed by `start-pending.ts`; what was started once is not started again, even years later.
 */
async function take({ database, temporal }: Services, organisation: string, bytes: Uint8Array) {
  const content = utf8Of(bytes);
  if (content === undefined) throw new Problem('statement-refused', 'the file is not UTF-8');
  const read = readCamt053(content);
  if (!read.ok) throw new Problem('statement-refused', read.error);
  const sha256 = sha256Of(bytes);
  const { isNew, isStarted } = await database.within(organisation, async (transaction) => {
    const isNew = await insertStatement(transaction, sha256, content);
    return { isNew, isStarted: !isNew && (await findStatement(transaction, sha256))?.startedAt != null };
  });
  if (!isStarted) {
    await startStatement(temporal, organisation, sha256);
    await database.within(organisation, (transaction) => markStatementStarted(transaction, sha256));
  }
  return { isNew, sha256, workflowId: statementWorkflowId(organisation, sha256), status: 'received' as const };
}

/** While it runs, its workflow's own view; after that, and when the engine has forgotten it, what our records say. */
async function stateOf(
  { database, temporal }: Services,
  organisation: string,
  sha256: string,
): Promise<z.infer<typeof statementStateSchema>> {
  const known = await readStatement(temporal, organisation, sha256);
  const named = { sha256, workflowId: statementWorkflowId(organisation, sha256) };
  if (known !== 'gone' && known.status === 'running') {
    const { told, waitingOn } = known.view;
    return { ...named, status: waitingOn.length > 0 ? 'waiting' : 'reading', told, waitingOn };
  }
  const row = await database.within(organisation, (transaction) => findStatement(transaction, sha256));
  if (!row) throw notFound(`bank statement ${sha256}`);
  const status = known === 'gone' ? recordedStatus(row) : known.status === 'completed' ? 'done' : 'failed';
  return { ...named, status, told: row.told, waitingOn: [] };
}

function recordedStatus({ startedAt, unmatched }: StatementRow): 'reading' | 'done' | 'failed' {
  if (startedAt === null) return 'reading';
  return unmatched === 0 ? 'done' : 'failed';
}
