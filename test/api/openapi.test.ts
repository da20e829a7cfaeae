import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { confirmDocumentSchema } from '../../api/document-contract.ts';
import { confirmationExample, messageExamples, orderExample } from '../../api/examples.ts';
import type { Api } from '../../api/services.ts';
import order from '../../examples/order.json' with { type: 'json' };
import { orderSchema } from '../../rules/order/order.ts';
import { messageNames, shipmentMessages } from '../../workflows/messages.ts';
import { type Described, withoutWords } from './described.ts';
import { appWithoutEngines } from './stand-ins.ts';

interface Operation {
  description?: string;
  requestBody?: unknown;
  operationId?: string;
  tags?: string[];
  summary?: string;
  responses: Record<string, { description: string; content?: Record<string, unknown> }>;
  security?: unknown[];
}
interface Document {
  openapi: string;
  tags?: { name: string; description: string }[];
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: Record<string, Described>; securitySchemes: object };
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
      '/v1/shipments/{reference}/documents/confirmation',
      '/v1/shipments/{reference}/documents/content',
      '/v1/shipments/{reference}/documents/file',
      '/v1/shipments/{reference}/documents/archive',
      '/v1/orders/import',
      '/v1/bank-statements',
      '/v1/tasks',
      '/v1/tasks/answers',
      '/v1/organisation/settings',
      '/healthz',
      '/readyz',
    ])
      expect(Object.keys(document.paths)).toContain(path);
  });

  it('has a door for every message but the reading of a file, which is told by the door that takes the file', () => {
    const doors = operations().filter(({ name }) => name.includes('/events/'));
    expect(doors.map(({ operationId }) => operationId).sort()).toEqual(
      messageNames.filter((name) => name !== 'receiveDocument').sort(),
    );
    expect(operations().map(({ operationId }) => operationId)).toContain('addDocument');
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

  it('says what each tag holds', () => {
    const told = new Set((document.tags ?? []).map(({ name }) => name));
    expect(operations().flatMap(({ tags = [] }) => tags.filter((tag) => !told.has(tag)))).toEqual([]);
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

  it('has a word for every field of a paper, at each door that takes or answers one', () => {
    const doors = operations().filter(({ tags }) => tags?.includes('documents'));
    expect(doors.length).toBeGreaterThanOrEqual(6);
    const answers = doors.map(({ name, requestBody, responses }) => [name, [requestBody, responses['200']]] as const);
    const shown = ['Document', 'DocumentFacts', 'StatedParty', 'StatedLine', 'FieldReading', 'Reading'];
    for (const component of shown) expect(Object.keys(document.components.schemas)).toContain(component);
    const components = Object.entries(document.components.schemas).filter(([name]) =>
      [...shown, ...shown.map((one) => `${one}Input`)].includes(name),
    );
    for (const [name, schema] of [...answers, ...components])
      expect({ name, without: withoutWords(schema) }).toEqual({ name, without: [] });
  });

  it('does not speak of goods where a company is meant, nor of ports where a reading says where it read', () => {
    const wordOf = (component: string, field: string) =>
      document.components.schemas[component]?.properties?.[field]?.description;
    expect(wordOf('StatedParty', 'nameZh')).toMatch(/Company/);
    expect(wordOf('FieldReading', 'place')).toMatch(/page 2/);
    expect(wordOf('Reading', 'facts') ?? '').not.toMatch(/SHA/);
    expect(wordOf('SubmitDocumentInput', 'facts')).toMatch(/SHA-256/);
  });

  it('answers files as files', () => {
    const types = (id: string) =>
      Object.keys(operations().find((one) => one.operationId === id)?.responses['200']?.content ?? {});
    expect([types('getDocumentFile'), types('exportArchive')]).toEqual([['*/*'], ['application/zip']]);
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
  it('the confirmation of the documentation passes its schema, and is shown at its door', () => {
    expect(confirmDocumentSchema.safeParse(confirmationExample).error?.issues).toBeUndefined();
    const door = operations().find(({ operationId }) => operationId === 'confirmDocument');
    expect(JSON.stringify(door?.requestBody)).toContain(confirmationExample.messageId);
  });
  it.each(messageNames)('the example of %s passes its schema', (name) =>
    expect(shipmentMessages[name].schema.safeParse(messageExamples[name]).error?.issues).toBeUndefined(),
  );
});
