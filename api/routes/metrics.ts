import type { FileStoreHealth } from '../file-store-health.ts';
import type { Api } from '../services.ts';
import type { TroubleReader } from '../troubles/keep.ts';
import { metricsOf } from '../troubles/metrics.ts';

const schema = {
  operationId: 'getMetrics',
  tags: ['service'],
  summary: 'Figures for Prometheus',
  description:
    'Needs no key and names nobody: counts of what is stuck, open shipments, open and overdue tasks, whether the file store can be used, and the process. Meant for the inside network.',
  security: [],
  produces: ['text/plain'],
};

/** Below the ten seconds that a scraper waits by default. */
const READ_WITHIN_MS = 4000;

export function metricsRoutes(app: Api, reader: TroubleReader, fileStore: FileStoreHealth): void {
  const metrics = metricsOf();
  app.get('/metrics', { schema }, async (_request, reply) => {
    const [reading, ofFiles] = await Promise.all([reader.lately(READ_WITHIN_MS), fileStore.metrics()]);
    return reply.type(metrics.contentType).send(`${await metrics.text(reading)}${ofFiles}`);
  });
}
