import {
  GetObjectCommand,
  HeadObjectCommand,
  PutObjectCommand,
  S3Client,
  type S3ClientConfig,
} from '@aws-sdk/client-s3';
import { sha256Of } from '../sha256.ts';
import {
  type FileStore,
  FilesAway,
  FilesRefused,
  FilesUnmarked,
  MARK,
  MARK_WORDS,
  placeOf,
  wholeOrDamaged,
} from './file-store.ts';

/** An S3-compatible store, and how it is spoken to. */
export interface S3Settings {
  bucket: string;
  /** Stands before every key, for a bucket that others use too: `quayside/`. */
  prefix?: string;
  /** Of a store that is not Amazon's: `https://minio.example:9000`. */
  endpoint?: string;
  region: string;
  /** Whether the bucket stands in the path and not in the host name; most stores of one's own need it. */
  pathStyle: boolean;
  /** Absent, the SDK looks in its usual places: environment, profile, role of the machine. */
  accessKey?: { id: string; secret: string };
  /** A call is given up after these milliseconds, its repetitions included. */
  timeoutMs?: number;
}

const CONNECT_WITHIN_MS = 3000;
/** Above what 50 MB take over 20 Mbit/s; a store that is away is told in seconds by its refused connection. */
const ANSWER_WITHIN_MS = 25_000;

/**
 * Files as objects `<prefix><organisation>/<aa>/<sha256>`. An object appears whole or not at all. Needs the rights to get, put
 * and list: without the last one, S3 says "forbidden" where it means "not there". Whoever misses a file looks for the mark
 * too: a wrong prefix would else pass for an empty store.
 */
export function filesInS3(settings: S3Settings): FileStore {
  const client = new S3Client(clientConfigOf(settings));
  const timeoutMs = settings.timeoutMs ?? ANSWER_WITHIN_MS;
  const objectOf = (organisation: string, sha256: string) => ({
    Bucket: settings.bucket,
    Key: `${settings.prefix ?? ''}${placeOf(organisation, sha256)}`,
  });
  const markObject = { Bucket: settings.bucket, Key: `${settings.prefix ?? ''}${MARK}` };
  const ask = <T>(call: (abortSignal: AbortSignal) => Promise<T>) => answerOf(settings, timeoutMs, call);
  const sizeOf = async (object: { Bucket: string; Key: string }) =>
    ask(async (abortSignal) => (await client.send(new HeadObjectCommand(object), { abortSignal })).ContentLength ?? 0);
  const markedHere = async () => {
    // Read and not only asked for: without a body S3 does not tell a missing bucket from a missing object.
    const mark = await ask(async (abortSignal) => {
      const { Body } = await client.send(new GetObjectCommand(markObject), { abortSignal });
      return Body?.transformToByteArray();
    });
    if (!mark) throw new FilesUnmarked(`s3://${settings.bucket}/${settings.prefix ?? ''}`);
  };
  const write = (object: { Bucket: string; Key: string }, bytes: Uint8Array) =>
    ask((abortSignal) => {
      const said = { ContentLength: bytes.byteLength, Metadata: { sha256: sha256Of(bytes) } };
      return client.send(new PutObjectCommand({ ...object, Body: bytes, ...said }), { abortSignal });
    });
  return {
    async put(organisation, bytes) {
      const kept = { sha256: sha256Of(bytes), size: bytes.byteLength };
      const object = objectOf(organisation, kept.sha256);
      // No `If-None-Match`: not every store knows it, and writing the same bytes twice does no harm.
      if ((await sizeOf(object)) !== kept.size) {
        await markedHere();
        await write(object, bytes);
      }
      return kept;
    },
    async get(organisation, sha256) {
      const object = objectOf(organisation, sha256);
      const bytes = await ask(async (abortSignal) => {
        const { Body } = await client.send(new GetObjectCommand(object), { abortSignal });
        return Body && Buffer.from(await Body.transformToByteArray());
      });
      if (!bytes) await markedHere();
      return bytes && wholeOrDamaged(bytes, sha256, `s3://${object.Bucket}/${object.Key}`);
    },
    async has(organisation, sha256) {
      const isThere = (await sizeOf(objectOf(organisation, sha256))) !== undefined;
      if (!isThere) await markedHere();
      return isThere;
    },
    check: markedHere,
    async mark() {
      await write(markObject, Buffer.from(MARK_WORDS));
    },
  };
}

function clientConfigOf({ endpoint, region, pathStyle, accessKey }: S3Settings): S3ClientConfig {
  return {
    region,
    endpoint,
    forcePathStyle: pathStyle,
    credentials: accessKey && { accessKeyId: accessKey.id, secretAccessKey: accessKey.secret },
    maxAttempts: 3,
    requestHandler: { connectionTimeout: CONNECT_WITHIN_MS },
    // Many compatible stores do not know the newer checksums; the hash in the key is checked by us on every read.
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
  };
}

interface S3Answer {
  name?: string;
  message?: string;
  $metadata?: { httpStatusCode?: number };
}

/** What the call gives; `undefined` when the object is not there. The clock covers the body too, which the SDK's own does not. */
async function answerOf<T>(
  { bucket, endpoint }: S3Settings,
  timeoutMs: number,
  call: (abortSignal: AbortSignal) => Promise<T>,
): Promise<T | undefined> {
  const where = `the file store ${endpoint ?? 'Amazon S3'}, bucket ${bucket}`;
  const given = new AbortController();
  let clock: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    clock = setTimeout(() => {
      reject(new FilesAway(`${where} did not answer within ${timeoutMs} ms`));
      given.abort();
    }, timeoutMs);
  });
  try {
    return await Promise.race([call(given.signal), late]);
  } catch (error) {
    if (error instanceof FilesAway) throw error;
    const { name, message, $metadata } = error as S3Answer;
    const status = $metadata?.httpStatusCode;
    if (name === 'NoSuchKey' || name === 'NotFound') return undefined;
    if (status !== undefined && status >= 300 && status < 500 && status !== 408 && status !== 429)
      throw new FilesRefused(
        `${where} refuses (${status} ${name}: ${message}). Check bucket, region, key and the rights to get, put and list`,
        { cause: error },
      );
    throw new FilesAway(`${where} does not answer as it should: ${name}: ${message}`, { cause: error });
  } finally {
    clearTimeout(clock);
  }
}
