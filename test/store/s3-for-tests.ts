/** An S3-compatible store of the tests' own, in a folder and on a port that was free. */
import type { AddressInfo } from 'node:net';
import S3rver from 's3rver';

/** Starts it with one bucket. */
export async function startS3(
  directory: string,
  bucket: string,
): Promise<{ address: AddressInfo; close(): Promise<void> }> {
  const server = new S3rver({
    address: '127.0.0.1',
    port: 0,
    directory,
    silent: true,
    vhostBuckets: false,
    configureBuckets: [{ name: bucket }],
  });
  const address = await server.run();
  return { address, close: () => server.close() };
}
