import { z } from 'zod';
import { answer } from '../openapi.ts';
import { notFound, type ProblemName, problems } from '../problem.ts';
import type { Api } from '../services.ts';

const names = Object.keys(problems) as ProblemName[];

const schema = {
  operationId: 'getProblem',
  tags: ['service'],
  summary: 'Read what a problem means',
  description: `The address that stands as \`type\` in a problem document: ${names.join(', ')}.`,
  security: [],
  params: z.object({ name: z.string().max(60) }),
  response: {
    200: answer(
      z.object({ title: z.string(), status: z.number().int(), remedy: z.string().describe('What the caller can do.') }),
      'The problem.',
    ),
  },
};

export function problemRoutes(app: Api): void {
  app.get('/problems/:name', { schema }, async ({ params: { name } }) => {
    const known = names.find((one) => one === name);
    if (!known) throw notFound(`problem ${name}`);
    return problems[known];
  });
}
