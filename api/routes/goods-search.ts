import { z } from 'zod';
import { goodsSearch } from '../../rules/classification/search-answer.ts';
import { declaredNamesHeld } from '../../store/goods-names.ts';
import { nomenclatureInForce } from '../../store/tariff-codes.ts';
import { goodsFoundSchema } from '../contract.ts';
import { answer, problemsOf } from '../openapi.ts';
import type { Api, ServicesWithReference } from '../services.ts';

const schema = {
  operationId: 'searchGoods',
  tags: ['compliance'],
  summary: 'Search codes of goods',
  description:
    'By a name in Chinese or English, or by the beginning of a code: own past declarations first, then common export goods, then the imported nomenclature. Each with its place and a reason; a person chooses. Words that name no goods are refused instead of guessed at.',
  querystring: z.object({
    q: z.string().trim().min(1, 'say what the goods are').max(300, 'at most 300 characters'),
    limit: z.coerce.number().int().min(1).max(50).default(10),
  }),
  response: { 200: answer(goodsFoundSchema, 'What was found.'), ...problemsOf('invalid-parameters') },
};

export function goodsSearchRoutes(app: Api, { database, reference }: ServicesWithReference): void {
  app.get('/hs/search', { schema }, async ({ caller, query: { q, limit } }) => {
    const own = await database.within(caller.organisation, async (transaction) => ({
      nomenclature: await nomenclatureInForce(transaction),
      declared: await declaredNamesHeld(transaction),
    }));
    const { commonGoods: goods, hsChapters: chapters, broadWords, genericNames } = reference;
    return goodsSearch(q, { goods, chapters, broadWords, genericNames, ...own }, limit);
  });
}
