import { describe, expect, it } from '@jest/globals';
import { readEnvironment } from '../../config/environment.ts';
import { filesSettingsOf } from '../../config/files.ts';
import { readCompose } from '../../ops/compose-file.ts';

const needed = { DATABASE_URL: 'postgres://localhost/quayside', TEMPORAL_ADDRESS: 'localhost:7233' };
const settingsOf = (variables: Record<string, string>) => filesSettingsOf(readEnvironment({ ...needed, ...variables }));
const bucket = { QUAYSIDE_FILES_S3_BUCKET: 'papers' };
const compose = (variables: Record<string, string>) =>
  readCompose({ POSTGRES_PASSWORD: 'p', QUAYSIDE_KEY: 'k', QUAYSIDE_COUNTERPARTY_KEY: 'c', ...variables });

describe('where the files of papers are kept', () => {
  it('is the folder that is named', () => {
    expect(settingsOf({ QUAYSIDE_FILES_DIR: '/files' })).toEqual({ kind: 'disk', directory: '/files' });
  });

  it('is the bucket where one is named, and then not the folder', () => {
    expect(settingsOf({ ...bucket, QUAYSIDE_FILES_DIR: '/files' })).toEqual({
      kind: 's3',
      bucket: 'papers',
      region: 'us-east-1',
      pathStyle: false,
    });
  });

  it('is a store of one’s own, with its key', () => {
    const own = {
      ...bucket,
      QUAYSIDE_FILES_S3_PREFIX: 'quayside/',
      QUAYSIDE_FILES_S3_ENDPOINT: 'https://minio.example:9000',
      QUAYSIDE_FILES_S3_REGION: 'cn-east-1',
      QUAYSIDE_FILES_S3_PATH_STYLE: 'true',
      QUAYSIDE_FILES_S3_ACCESS_KEY_ID: 'id',
      QUAYSIDE_FILES_S3_SECRET_ACCESS_KEY: 'secret',
    };
    expect(settingsOf(own)).toEqual({
      kind: 's3',
      bucket: 'papers',
      prefix: 'quayside/',
      endpoint: 'https://minio.example:9000',
      region: 'cn-east-1',
      pathStyle: true,
      accessKey: { id: 'id', secret: 'secret' },
    });
  });

  it.each<[string, Record<string, string>, RegExp]>([
    ['nowhere', {}, /set QUAYSIDE_FILES_DIR to a folder, or QUAYSIDE_FILES_S3_BUCKET to a bucket/],
    [
      'in a store without a bucket',
      { QUAYSIDE_FILES_DIR: '/files', QUAYSIDE_FILES_S3_ENDPOINT: 'https://minio.example' },
      /QUAYSIDE_FILES_S3_ENDPOINT: set QUAYSIDE_FILES_S3_BUCKET too/,
    ],
    ['behind half a key', { ...bucket, QUAYSIDE_FILES_S3_ACCESS_KEY_ID: 'id' }, /SECRET_ACCESS_KEY go together/],
    ['at no address', { ...bucket, QUAYSIDE_FILES_S3_ENDPOINT: 'minio' }, /QUAYSIDE_FILES_S3_ENDPOINT: Invalid URL/],
    ['in a path of no style', { ...bucket, QUAYSIDE_FILES_S3_PATH_STYLE: 'yes' }, /QUAYSIDE_FILES_S3_PATH_STYLE: /],
  ])('is not %s', (_where, variables, message) => {
    expect(() => settingsOf(variables)).toThrow(message);
  });

  it.each(['worker', 'api'])(
    'the %s of docker-compose.yml has the shared volume, or the bucket that is set',
    (service) => {
      const { environment = {}, volumes } = compose({}).services[service] ?? {};
      expect(settingsOf(environment)).toEqual({ kind: 'disk', directory: '/files' });
      expect(volumes).toContain('files:/files');
      const { environment: named = {} } = compose({ ...bucket }).services[service] ?? {};
      expect(settingsOf(named)).toMatchObject({ kind: 's3', bucket: 'papers' });
    },
  );
});
