import { z } from 'zod';
import { referenceSchema } from '../../rules/order/order.ts';
import { documentsOf } from '../../store/papers.ts';
import { findShipment } from '../../store/shipments.ts';
import { documentContentSchema, documentListSchema } from '../contract.ts';
import { answer, problemsOf } from '../openapi.ts';
import { notFound } from '../problem.ts';
import type { Api, Services } from '../services.ts';

const params = z.object({ reference: referenceSchema });

const list = {
  operationId: 'listDocuments',
  tags: ['shipments'],
  summary: 'List the papers of a shipment',
  description: 'Made by us or handed in; a changed paper is a new revision, and none is lost.',
  params,
  response: {
    200: answer(documentListSchema, 'The papers, by kind and revision.'),
    ...problemsOf('invalid-parameters', 'not-found'),
  },
};

const content = {
  operationId: 'getDocument',
  tags: ['shipments'],
  summary: 'Read a paper as data',
  description: 'By its id and revision; without a revision, the latest.',
  params,
  querystring: z.object({ id: z.string().min(1).max(200), revision: z.coerce.number().int().min(1).optional() }),
  response: { 200: answer(documentContentSchema, 'The paper.'), ...problemsOf('invalid-parameters', 'not-found') },
};

export function documentRoutes(app: Api, { database }: Services): void {
  const papersOf = (organisation: string, reference: string) =>
    database.within(organisation, async (transaction) => {
      if (!(await findShipment(transaction, reference))) throw notFound(`shipment ${reference}`);
      return documentsOf(transaction, reference);
    });

  app.get('/shipments/:reference/documents', { schema: list }, async ({ caller, params: { reference } }) => ({
    documents: await papersOf(caller.organisation, reference),
  }));

  app.get(
    '/shipments/:reference/documents/content',
    { schema: content },
    async ({ caller, params: { reference }, query: { id, revision } }) => {
      const papers = await papersOf(caller.organisation, reference);
      const paper = papers.findLast((one) => one.id === id && (revision === undefined || one.revision === revision));
      if (!paper)
        throw notFound(
          `paper ${id}${revision === undefined ? '' : ` of revision ${revision}`} in shipment ${reference}`,
        );
      return paper;
    },
  );
}
