import type { FastifySchemaCompiler } from 'fastify';
import { core } from 'zod';
import { InvalidInput, type RequestPart } from './problem-from-error.ts';

/** Parses a part of a request by its schema; the route sees the parsed value, defaults filled in. */
export const validatorCompiler: FastifySchemaCompiler<core.$ZodType> = ({ schema, httpPart }) => {
  const part = (httpPart ?? 'body') as RequestPart;
  return (data: unknown) => {
    try {
      const read = core.safeParse(schema, data);
      return read.error ? { error: new InvalidInput(read.error.issues, part) } : { value: read.data };
    } catch (cause) {
      // A check that met a value which an earlier check has refused already: the content is wrong, not the server.
      const issue: core.$ZodIssue = {
        code: 'custom',
        path: [],
        message: cause instanceof Error ? cause.message : 'cannot be read',
        input: undefined,
      };
      return { error: new InvalidInput([issue], part) };
    }
  };
};
