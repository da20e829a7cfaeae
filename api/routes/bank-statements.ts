import { z } from 'zod';
import { readCamt053 } from '../../activities/bank/wire.ts';
import { insertStatement } from '../../store/receipts.ts';
import { sha256Of } from '../../store/sha256.ts';
import { statementWorkflowId } from '../../workflows/messages.ts';
import { statementReceivedSchema, statementStateSchema } from '../contract.ts';
import { readStatement, startStatement } from '../engine.ts';
import { answer, problemsOf } from '../openapi.ts';
import { notFound, Problem } from '../problem.ts';
import type { Api, Services } from '../services.ts';

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
    200: answer(statementStateSchema, 'Which shipments were told, and what waits for finance.'),
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

/** Reads it first, so that nothing is stored that cannot be used; the workflow reads the stored bytes again. */
async function take({ database, temporal }: Services, organisation: string, bytes: Uint8Array) {
  const content = utf8(bytes);
  const read = readCamt053(content);
  if (!read.ok) throw new Problem('statement-refused', read.error);
  const sha256 = sha256Of(bytes);
  const isNew = await database.within(organisation, (transaction) => insertStatement(transaction, sha256, content));
  await startStatement(temporal, organisation, sha256);
  return { isNew, sha256, workflowId: statementWorkflowId(organisation, sha256), status: 'received' as const };
}

function utf8(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new Problem('statement-refused', 'the file is not UTF-8');
  }
}

async function stateOf(
  { temporal }: Services,
  organisation: string,
  sha256: string,
): Promise<z.infer<typeof statementStateSchema>> {
  const state = await readStatement(temporal, organisation, sha256);
  if (state === 'gone') throw notFound(`bank statement ${sha256}`);
  const { told, waitingOn } = state.view;
  const status = state.ended ? 'done' : waitingOn.length > 0 ? 'waiting' : 'reading';
  return { sha256, workflowId: statementWorkflowId(organisation, sha256), status, told, waitingOn };
}
