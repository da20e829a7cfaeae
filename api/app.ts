import { randomUUID } from 'node:crypto';
import swagger from '@fastify/swagger';
import swaggerUi from '@fastify/swagger-ui';
import type { Client } from '@temporalio/client';
import fastify, { type FastifyBaseLogger, type FastifyError, type FastifyReply, type FastifyRequest } from 'fastify';
import { serializerCompiler, type ZodTypeProvider } from 'fastify-type-provider-zod';
import type { Reference } from '../reference/load.ts';
import { unstorableText } from '../rules/field-errors.ts';
import type { Database } from '../store/database.ts';
import type { FileStore } from '../store/files/file-store.ts';
import { requireKey } from './access.ts';
import { fileStoreHealth } from './file-store-health.ts';
import { allowedMethods } from './methods.ts';
import { openapiOptions } from './openapi.ts';
import { Problem } from './problem.ts';
import { problemFromError } from './problem-from-error.ts';
import { bankStatementRoutes } from './routes/bank-statements.ts';
import { complianceCheckRoutes } from './routes/compliance-checks.ts';
import { complianceVariantRoutes } from './routes/compliance-variants.ts';
import { documentFileRoutes } from './routes/document-files.ts';
import { documentRoutes } from './routes/documents.ts';
import { goodsSearchRoutes } from './routes/goods-search.ts';
import { healthRoutes } from './routes/health.ts';
import { importOrdersRoutes } from './routes/import-orders.ts';
import { landedCostQuoteRoutes } from './routes/landed-cost-quotes.ts';
import { messageRoutes } from './routes/messages.ts';
import { metricsRoutes } from './routes/metrics.ts';
import { organisationSettingsRoutes } from './routes/organisation-settings.ts';
import { problemRoutes } from './routes/problems.ts';
import { recheckRoutes } from './routes/rechecks.ts';
import { referenceListRoutes } from './routes/reference-lists.ts';
import { screeningRoutes } from './routes/screenings.ts';
import { shipmentEventRoutes } from './routes/shipment-events.ts';
import { shipmentRoutes } from './routes/shipments.ts';
import { startShipmentRoutes } from './routes/start-shipment.ts';
import { taskAnswerRoutes } from './routes/task-answers.ts';
import { taskRoutes } from './routes/tasks.ts';
import { troubleRoutes } from './routes/troubles.ts';
import type { Api } from './services.ts';
import { troubleReader } from './troubles/keep.ts';
import { validatorCompiler } from './validation.ts';

/** What the API is built from. */
export interface AppOptions {
  database: Database;
  temporal: Client;
  reference: Reference;
  /** Where the bytes of papers are kept. */
  files: FileStore;
  log: FastifyBaseLogger;
}

const JSON_AT_MOST_BYTES = 1_000_000;
/** Above what a message waits for its verdict. */
const ANSWER_WITHIN_MS = 15_000;

const underKey = [
  startShipmentRoutes,
  importOrdersRoutes,
  shipmentRoutes,
  shipmentEventRoutes,
  documentRoutes,
  documentFileRoutes,
  complianceCheckRoutes,
  complianceVariantRoutes,
  screeningRoutes,
  goodsSearchRoutes,
  landedCostQuoteRoutes,
  referenceListRoutes,
  recheckRoutes,
  messageRoutes,
  bankStatementRoutes,
  taskRoutes,
  taskAnswerRoutes,
  organisationSettingsRoutes,
];

/** The API, not listening yet: every route parses, sends a message or reads the store, and decides nothing. */
export function buildApp({ database, temporal, reference, files, log }: AppOptions): Api {
  const app: Api = fastify({
    loggerInstance: log,
    bodyLimit: JSON_AT_MOST_BYTES,
    // A database that hangs answers no query and refuses none: the caller is not to wait with us.
    handlerTimeout: ANSWER_WITHIN_MS,
    genReqId: () => randomUUID(),
    // A stop must not wait for a browser that keeps its connection open.
    forceCloseConnections: 'idle',
    routerOptions: { maxParamLength: 200 },
    frameworkErrors: (error, request, reply) => void sendProblem(error, request, reply),
  }).withTypeProvider<ZodTypeProvider>();
  app.setValidatorCompiler(validatorCompiler);
  app.setSerializerCompiler(serializerCompiler);
  app.setErrorHandler<FastifyError>(sendProblem);
  const methodsOf = allowedMethods(app);
  app.setNotFoundHandler((request, reply) => sendProblem(nothingHere(methodsOf(request.url), request), request, reply));

  const services = { database, temporal, reference, files };
  const troubles = troubleReader(services);
  const fileStore = fileStoreHealth(files);
  app.addHook('onClose', () => troubles.stop());
  app.register(swagger, openapiOptions());
  app.register(swaggerUi, { routePrefix: '/docs', staticCSP: true, uiConfig: { docExpansion: 'list' } });
  app.register(async (open: Api) => {
    healthRoutes(open, services, troubles, fileStore);
    metricsRoutes(open, troubles, fileStore);
    problemRoutes(open);
    open.get('/openapi.json', { schema: { hide: true } as object }, async () => app.swagger());
  });
  app.register(
    async (v1: Api) => {
      v1.addHook('onRequest', requireKey(database));
      v1.addHook('preValidation', async ({ body }) => {
        const errors = unstorableText(body);
        if (errors.length > 0)
          throw new Problem('invalid-content', 'the body holds characters that are no text', { errors });
      });
      for (const routes of underKey) routes(v1, services);
      troubleRoutes(v1, services, troubles);
    },
    { prefix: '/v1' },
  );
  return app;
}

function nothingHere(allowed: string[], request: FastifyRequest): Problem {
  if (allowed.length === 0)
    return new Problem('not-found', `there is nothing at ${request.url.split('?')[0]}; the documentation is at /docs`);
  return new Problem('method-not-allowed', `${request.method} is not for this address: use ${allowed.join(' or ')}`, {
    headers: { allow: allowed.join(', ') },
  });
}

/** Every error leaves as a problem document; what is our own fault is logged with its stack, and the caller is told none of it. */
function sendProblem(error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const problem = problemFromError(error, request.id);
  if (problem.status === 500) request.log.error({ err: error }, 'a request failed by a defect');
  if (problem.status === 503) request.log.warn({ err: error }, 'a request could not be served');
  return reply
    .code(problem.status)
    .headers(problem.headers)
    .type('application/problem+json')
    .send(JSON.stringify(problem.body(request.url)));
}
