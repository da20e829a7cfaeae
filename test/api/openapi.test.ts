import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { messageExamples, orderExample } from '../../api/examples.ts';
import type { Api } from '../../api/services.ts';
import order from '../../examples/order.json' with { type: 'json' };
import { orderSchema } from '../../rules/order/order.ts';
import { messageNames, shipmentMessages } from '../../workflows/messages.ts';
import { appWithoutEngines } from './stand-ins.ts';

interface Operation {
  operationId?: string;
  tags?: string[];
  summary?: string;
  responses: Record<string, { description: string; content?: Record<string, unknown> }>;
  security?: unknown[];
}
interface Document {
  openapi: string;
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: Record<string, unknown>; securitySchemes: object };
}

let app: Api;
let document: Document;
beforeAll(async () => {
  app = appWithoutEngines();
  await app.ready();
  document = (await app.inject('/openapi.json')).json();
});
afterAll(() => app.close());

const operations = () =>
  Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ name: `${method} ${path}`, ...operation })),
  );

describe('/openapi.json', () => {
  it('is OpenAPI 3.1 and holds every door', () => {
    expect(document.openapi).toMatch(/^3\.1/);
    for (const path of [
      '/v1/shipments',
      '/v1/shipments/{reference}',
      '/v1/shipments/{reference}/events',
      '/v1/shipments/{reference}/documents',
      '/v1/orders/import',
      '/v1/bank-statements',
      '/v1/tasks',
      '/v1/tasks/answers',
      '/healthz',
      '/readyz',
    ])
      expect(Object.keys(document.paths)).toContain(path);
    expect(operations().filter(({ name }) => name.includes('/events/')).length).toBe(messageNames.length);
  });

  it('names, tags and describes each operation, ids once', () => {
    for (const { name, operationId, tags, summary } of operations())
      expect({ name, operationId, tags, summary }).toEqual({
        name,
        operationId: expect.any(String),
        tags: [expect.any(String)],
        summary: expect.any(String),
      });
    const ids = operations().map(({ operationId }) => operationId);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('documents the problems of each door under /v1, in words', () => {
    for (const { name, responses } of operations().filter((one) => one.name.includes('/v1/')))
      for (const status of ['401', '403', '500', '503']) {
        expect({ name, status, content: Object.keys(responses[status]?.content ?? {}) }).toEqual({
          name,
          status,
          content: ['application/problem+json'],
        });
        expect(responses[status]?.description).toMatch(/\/problems\//);
      }
  });

  it('every reference inside it leads somewhere', () => {
    const references = [...JSON.stringify(document).matchAll(/"\$ref":"#\/([^"]+)"/g)].map((match) => match[1] ?? '');
    expect(references.length).toBeGreaterThan(10);
    for (const reference of new Set(references)) {
      const target = reference
        .split('/')
        .reduce<unknown>((node, step) => (node as Record<string, unknown> | undefined)?.[step], document);
      expect({ reference, found: target !== undefined }).toEqual({ reference, found: true });
    }
  });

  it('has a word for the fields of an order', () => {
    const text = JSON.stringify(document.components.schemas);
    for (const words of ['唛头', '申报要素', '成交单位']) expect(text).toContain(words);
  });
});

describe('examples', () => {
  it('examples/order.json is a complete order', () => expect(orderSchema.parse(order).reference).toBe('CLEAN-1001'));
  it('the order of the documentation passes its schema', () =>
    expect(orderSchema.safeParse(orderExample).error?.issues).toBeUndefined());
  it.each(messageNames)('the example of %s passes its schema', (name) =>
    expect(shipmentMessages[name].schema.safeParse(messageExamples[name]).error?.issues).toBeUndefined(),
  );
});
