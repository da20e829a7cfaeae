import type { FastifyRequest } from 'fastify';
import { Problem } from './problem.ts';

/**
 * Reads the parts of a request as they come. @throws Problem `unsupported-media-type` where there are none, `too-large` past a
 * limit of the door, `bad-request` where they break off
 */
export async function partsOf<Parts>(
  request: FastifyRequest,
  read: (request: FastifyRequest) => Promise<Parts>,
): Promise<Parts> {
  if (!request.isMultipart()) throw new Problem('unsupported-media-type', 'send files as multipart/form-data');
  try {
    return await read(request);
  } catch (error) {
    if (error instanceof Problem) throw error;
    const { code, statusCode, message } = error as { code?: string; statusCode?: number; message: string };
    if (code === 'FST_FILES_LIMIT')
      throw new Problem('invalid-content', 'there are more files among the parts than this address takes', {
        errors: [{ field: 'file', message: 'send fewer files a request' }],
      });
    if (statusCode === 413) throw new Problem('too-large', message);
    throw new Problem('bad-request', `the parts cannot be read: ${message}`);
  }
}
