import type { Environment } from './environment.ts';

/**
 * Where the files of papers are kept: the bucket where one is named, else the folder.
 * @throws Error naming the variable that is missing: papers must be kept ten years, so no place is made up for them
 */
export function filesSettingsOf(environment: Environment) {
  const {
    QUAYSIDE_FILES_DIR: directory,
    QUAYSIDE_FILES_S3_BUCKET: bucket,
    QUAYSIDE_FILES_S3_ACCESS_KEY_ID: id,
    QUAYSIDE_FILES_S3_SECRET_ACCESS_KEY: secret,
  } = environment;
  if (bucket === undefined) {
    const alone = Object.entries(environment).filter(([name, value]) => needBucket.test(name) && value !== undefined);
    if (alone.length > 0)
      throw new Error(
        `${alone.map(([name]) => name).join(', ')}: set QUAYSIDE_FILES_S3_BUCKET too, or leave them out to keep files in QUAYSIDE_FILES_DIR.`,
      );
    if (directory === undefined)
      throw new Error(
        'The environment does not say where the files of papers are kept: set QUAYSIDE_FILES_DIR to a folder, or QUAYSIDE_FILES_S3_BUCKET to a bucket.',
      );
    return { kind: 'disk' as const, directory };
  }
  if ((id === undefined) !== (secret === undefined))
    throw new Error(
      'QUAYSIDE_FILES_S3_ACCESS_KEY_ID and QUAYSIDE_FILES_S3_SECRET_ACCESS_KEY go together: set both, or neither for the key of the machine.',
    );
  return {
    kind: 's3' as const,
    bucket,
    prefix: environment.QUAYSIDE_FILES_S3_PREFIX,
    endpoint: environment.QUAYSIDE_FILES_S3_ENDPOINT,
    region: environment.QUAYSIDE_FILES_S3_REGION,
    pathStyle: environment.QUAYSIDE_FILES_S3_PATH_STYLE === 'true',
    accessKey: id !== undefined && secret !== undefined ? { id, secret } : undefined,
  };
}

/** What says nothing without a bucket; those with a default do not tell whether somebody set them. */
const needBucket = /^QUAYSIDE_FILES_S3_(PREFIX|ENDPOINT|ACCESS_KEY_ID|SECRET_ACCESS_KEY)$/;
