import { z } from 'zod';
import { ownerRoles } from '../../rules/task.ts';
import type { Trouble, TroubleActionName } from '../../rules/trouble.ts';
import { latestTroubleActions } from '../../store/trouble-actions.ts';
import { mendedSchema, troubleListSchema } from '../contract.ts';
import { answer, problemsOf } from '../openapi.ts';
import { notFound } from '../problem.ts';
import type { Api, Services } from '../services.ts';
import type { TroubleReader } from '../troubles/keep.ts';
import { mend } from '../troubles/mend.ts';

/** Whoever may see what is stuck, and let it go on. */
const repairers = ['manager', 'engineer'] as const;
const ACTIONS_SHOWN = 20;

const list = {
  operationId: 'listTroubles',
  tags: ['troubles'],
  summary: 'List what is stuck',
  description:
    'Read anew from engine and database: workflows whose task fails, or that were ended in the engine with something left to do; steps that have been failing for a while, that nobody takes, or that are paused; messages that fit nowhere; tasks of nobody; what is stored and not started. Each with what to do. With it the last things that were done about troubles.',
  response: { 200: answer(troubleListSchema, 'The troubles, oldest first.'), ...problemsOf() },
};

const params = z.object({ id: z.string().min(1).max(40) });
const reason = z.string().trim().min(1, 'say why').max(500).describe('Why; it is recorded with your key’s number.');
const problemsOfMending = problemsOf(
  'bad-request',
  'invalid-parameters',
  'not-found',
  'no-such-remedy',
  'unsupported-media-type',
  'invalid-content',
);

const retry = {
  operationId: 'retryTrouble',
  tags: ['troubles'],
  summary: 'Let it try again',
  description:
    'A step is tried at once. A workflow goes back to its last good task and on from there: what came since is told again. A look at all open shipments that has ended is made again; what is stored and not started is started. For the others there is nothing to try: 409 says what to do.',
  params,
  body: z.strictObject({ reason }),
  response: { 200: answer(mendedSchema, 'It is under way.'), ...problemsOfMending },
};

const override = {
  operationId: 'overrideTrouble',
  tags: ['troubles'],
  summary: 'Let it go on another way',
  description:
    'A workflow moves to the current version of its worker. The record of a shipment that was ended in the engine is closed; a bank statement is read anew, and books nothing twice. A message that fits nowhere is closed as seen. A task is handed to the role in `toRole`. A step has none: nobody can say for a counterparty what it answered.',
  params,
  body: z.strictObject({
    reason,
    toRole: z.enum(ownerRoles).optional().describe('Who is to answer the task from now on.'),
  }),
  response: { 200: answer(mendedSchema, 'It is done.'), ...problemsOfMending },
};

export function troubleRoutes(app: Api, services: Services, reader: TroubleReader): void {
  const config = { forRoles: repairers };
  const troublesOf = async (
    organisation: string,
    read = () => reader.now(),
  ): Promise<{ readAt: string; workers: number; troubles: Trouble[] }> => {
    const { readAt, workers, troubles } = await read();
    const isTheirs = (trouble: Trouble) => trouble.organisation === null || trouble.organisation === organisation;
    return { readAt, workers, troubles: troubles.filter(isTheirs) };
  };
  const findTrouble = async (organisation: string, id: string): Promise<Trouble | undefined> => {
    const isIt = (trouble: Trouble) => trouble.id === id;
    const { troubles } = await troublesOf(organisation);
    // Another process may have told of it, whose walk over the records has come further.
    return (
      troubles.find(isIt) ?? (await troublesOf(organisation, () => reader.nowThrough(organisation))).troubles.find(isIt)
    );
  };
  const mendOne = async (
    caller: Parameters<typeof mend>[1],
    id: string,
    action: TroubleActionName,
    body: z.infer<typeof override.body>,
  ) => {
    const trouble = await findTrouble(caller.organisation, id);
    if (!trouble) throw notFound(`trouble ${id}: it may be over, see GET /v1/troubles`);
    const words = await mend(services, caller, { trouble, action, ...body });
    return { trouble: id, action, outcome: 'done' as const, words };
  };

  app.get('/troubles', { schema: list, config }, async ({ caller: { organisation } }) => {
    const { readAt, workers, troubles } = await troublesOf(organisation);
    const actions = await services.database.within(organisation, (transaction) =>
      latestTroubleActions(transaction, ACTIONS_SHOWN),
    );
    return { readAt, workers, troubles: troubles.map(shown), actions };
  });
  app.post('/troubles/:id/retry', { schema: retry, config }, async ({ caller, params: { id }, body }) =>
    mendOne(caller, id, 'retry', body),
  );
  app.post('/troubles/:id/override', { schema: override, config }, async ({ caller, params: { id }, body }) =>
    mendOne(caller, id, 'override', body),
  );
}

/** The organisation is the caller's own. */
function shown({ organisation: _, actions, ...trouble }: Trouble) {
  return { ...trouble, actions: [...actions] };
}
