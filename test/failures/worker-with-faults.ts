/** The product's worker, in which steps of chosen shipments go wrong. Every other shipment runs as in production. */
import { ApplicationFailure, type Context } from '@temporalio/activity';
import { Client } from '@temporalio/client';
import type { ActivityInboundCallsInterceptor, ActivityInterceptorsFactory } from '@temporalio/worker';
import { readEnvironment } from '../../config/environment.ts';
import { serveAsChild } from '../../stack/child-process.ts';
import { type Database, openDatabase } from '../../store/database.ts';
import { statementContent } from '../../store/receipts.ts';
import { connectTemporal } from '../../worker/temporal-connection.ts';
import { startWorker } from '../../worker/worker.ts';
import { continueAsNewSignal } from '../../workflows/messages.ts';
import { Connections } from './broken-connections.ts';
import { FAULTS_VARIABLE, Faults, type Mode } from './faults.ts';

/** No wall time is to be lost in a back-off. */
const AT_ONCE = '20ms';
/** Longer than the engine tries a step (workflows/parties.ts): it gives up at once, and the workflow has it tried anew. */
const AFTER_ALL_TRIES = '7h';

const connections = new Connections();

type Run = () => Promise<unknown>;
type Info = Context['info'];

const unreachable = (message: string, nextRetryDelay: '20ms' | '7h' = AT_ONCE) =>
  ApplicationFailure.create({ type: 'Unreachable', message, nextRetryDelay });

/** How a step is run under each fault. */
const under: Record<Mode, (run: Run, attempt: number, mended: boolean) => Promise<unknown>> = {
  'fails-once': (run, attempt) => {
    if (attempt === 1) throw unreachable('laid by the test: fails before it has done anything');
    return run();
  },
  'until-a-person-helps': (run, _, mended) => {
    // Where nobody can be asked, the engine tries again in spite of the type.
    if (!mended)
      throw ApplicationFailure.create({
        type: 'Defect',
        message: 'laid by the test: fails until it is mended',
        nextRetryDelay: AT_ONCE,
      });
    return run();
  },
  repeated: async (run) => {
    await run();
    return run();
  },
  'answer-lost': async (run, attempt) => {
    const result = await run();
    if (attempt === 1) throw unreachable('laid by the test: the answer is lost after the effect');
    return result;
  },
  // The connection itself breaks (`sendingUnder`); what the product makes of that is only hurried.
  'cut-after-sending': async (run, attempt) => {
    try {
      return await run();
    } catch (error) {
      if (attempt > 1) throw error;
      throw unreachable('laid by the test: the connection broke after the message had arrived');
    }
  },
  'away-for-hours': async (run, _, back) => {
    if (!back) throw unreachable('laid by the test: away for longer than the engine tries', AFTER_ALL_TRIES);
    return run();
  },
};

/** A step whose messages are written down; under that fault its first message loses its answer, and no further one. */
function sendingUnder(faults: Faults, reference: string, { activityType: activity, attempt }: Info, mode?: Mode) {
  let isToBreak = mode === 'cut-after-sending' && attempt === 1;
  return (run: Run) =>
    connections.during(() => {
      const isAnswerLost = isToBreak;
      isToBreak = false;
      faults.noteSent(reference, { activity, isAnswerLost });
      return isAnswerLost ? 'answer-is-lost' : 'answer-comes';
    }, run);
}

/** Goes outside of everything that the product wraps its activities with, as the network and the machine do. */
function layFaults(
  faults: Faults,
  referenceOf: (workflowId: string) => Promise<string | undefined>,
  askToMove: (workflowId: string) => Promise<void>,
) {
  const factory: ActivityInterceptorsFactory = ({ info }: Context) => {
    const inbound: ActivityInboundCallsInterceptor = {
      async execute(input, next) {
        const workflowId = info.workflowExecution?.workflowId ?? '';
        const { activityType: activity, attempt } = info;
        const reference = await referenceOf(workflowId);
        const laid = reference === undefined ? undefined : faults.of(reference);
        if (reference === undefined || laid === undefined) return next(input);
        const mode = laid.find((fault) => fault.activity === activity)?.mode;
        const mended = faults.isMended(reference, activity);
        const broken = mode === 'until-a-person-helps' && !mended;
        const { runId = '' } = info.workflowExecution ?? {};
        faults.note(reference, { workflowId, runId, activity, attempt, mode, broken });
        const sending = sendingUnder(faults, reference, info, mode);
        const step = () => sending(() => next(input));
        if (mode === undefined) return step();
        if (mode === 'away-for-hours' && !mended) {
          // It is back for the next try, and a deployment in between finds the workflow ready to move.
          faults.mendStep(reference, activity);
          await askToMove(workflowId);
        }
        const result = await under[mode](step, attempt, mended);
        faults.succeeded(reference, activity);
        return result;
      },
    };
    return { inbound };
  };
  return factory;
}

/** A shipment's own reference; that of the shipment which a statement pays, which stands in the file. */
function referencesFrom(database: Database): (workflowId: string) => Promise<string | undefined> {
  const ofStatement = new Map<string, string | undefined>();
  return async (workflowId) => {
    const [kind, organisation = '', name = ''] = workflowId.split('/');
    if (kind !== 'statement') return name;
    if (!ofStatement.has(workflowId)) {
      const content = await database.within(organisation, (transaction) => statementContent(transaction, name));
      ofStatement.set(workflowId, /INV-([A-Za-z0-9-]+)/.exec(content)?.[1]);
    }
    return ofStatement.get(workflowId);
  };
}

serveAsChild({
  start: async () => {
    const environment = readEnvironment();
    const folder = process.env[FAULTS_VARIABLE];
    if (!folder) throw new Error(`this worker needs ${FAULTS_VARIABLE}: the folder of the faults to lay`);
    connections.lay();
    const database = openDatabase(environment.DATABASE_URL, 2);
    const connection = await connectTemporal(environment);
    const temporal = new Client({ connection, namespace: environment.TEMPORAL_NAMESPACE });
    const askToMove = (workflowId: string) => temporal.workflow.getHandle(workflowId).signal(continueAsNewSignal);
    const worker = await startWorker(environment, [layFaults(new Faults(folder), referencesFrom(database), askToMove)]);
    return {
      ...worker,
      stop: async () => {
        await worker.stop();
        await connection.close();
        await database.close();
      },
    };
  },
});
