/** Where the bytes of papers are kept, by their hash: a port with two homes, a folder on disk and an S3-compatible store. */
import { organisationSchema } from '../../rules/order/order.ts';
import { sha256Of } from '../sha256.ts';

/** A file that is kept: the SHA-256 of its bytes in hex, and how many bytes they are. */
export interface KeptFile {
  sha256: string;
  size: number;
}

/**
 * Files of organisations, each found again by organisation and hash. A file is whole or not there; nothing is overwritten
 * or deleted by us: the archive is kept ten years. The same bytes in two organisations are two files, so that no
 * organisation can learn what another one has.
 */
export interface FileStore {
  /** Keeps the bytes; the same bytes again change nothing. @throws FilesAway when they may not have been kept */
  put(organisation: string, bytes: Uint8Array): Promise<KeptFile>;
  /** The bytes, checked against their hash. @throws FileDamaged, FilesAway */
  get(organisation: string, sha256: string): Promise<Buffer | undefined>;
  /** Whether such a file is there; its bytes are not read. @throws FilesAway */
  has(organisation: string, sha256: string): Promise<boolean>;
  /**
   * Whether it can be used now. A folder is written to and read; of a bucket the mark is read, as each writing is billed.
   * @throws FilesAway, FilesRefused
   */
  check(): Promise<void>;
  /**
   * Leaves the mark by which the store is known for ours. Only for who knows that it is the right one and not the empty
   * place of a volume that is not mounted: see `make-ready.ts`. @throws FilesAway, FilesRefused
   */
  mark(): Promise<void>;
}

/** The mark's name at the home of all files. No organisation can have it: theirs hold no dot. */
export const MARK = '.quayside-files';
/** What it says to a person who finds it. */
export const MARK_WORDS =
  'Quayside keeps the files of papers here. Leave this mark: a place without it is taken for a volume that is not mounted.\n';

/** The disk or the object store does not answer, or has no room: it may pass by itself, and the same call may be made again. */
export class FilesAway extends Error {
  override name = 'FilesAway';
}

/**
 * The place has no mark. A volume that is not mounted looks like an empty folder: what was kept would be lost from sight, and
 * new files would lie where nobody looks for them.
 */
export class FilesUnmarked extends FilesAway {
  constructor(where: string) {
    super(
      `the file store ${where} has no mark ${MARK}: its volume or bucket is not the one of before, or set-up has not made it ready. Bring the right one back, or run set-up`,
    );
  }
}

/** The store answers no: a wrong key, a missing right, no such bucket. It does not pass by itself. */
export class FilesRefused extends Error {
  override name = 'FilesRefused';
}

/** Files that the records name are not in the file store: to go on without them would look whole. */
export class FilesMissing extends Error {
  override name = 'FilesMissing';
  readonly paths: string[];

  constructor(paths: string[]) {
    super(
      `the file store does not have ${paths.length} of the files that the records name: ${paths.slice(0, 5).join(', ')}${paths.length > 5 ? ' …' : ''}. Restore them from a backup, or hand the papers in again`,
    );
    this.paths = paths;
  }
}

/** A kept file no longer has the hash under which it was kept: whatever it is now, it is not the paper. */
export class FileDamaged extends Error {
  override name = 'FileDamaged';
}

/**
 * The place of a file below the home of all: `<organisation>/<first two digits>/<hash>`. Two digits spread a year's files over
 * 256 folders.
 * @throws Error when either is not what it should be, so that no caller's text can become a path
 */
export function placeOf(organisation: string, sha256: string): string {
  if (!/^[0-9a-f]{64}$/.test(sha256))
    throw new Error(
      `"${String(sha256).slice(0, 80)}" is no SHA-256 of a file: write 64 digits of 0-9 and a-f, as put() gave it`,
    );
  return `${organisationSchema.parse(organisation)}/${sha256.slice(0, 2)}/${sha256}`;
}

/** The bytes when they have that hash. @throws FileDamaged saying where they lie and what to do */
export function wholeOrDamaged(bytes: Buffer, sha256: string, where: string): Buffer {
  const found = sha256Of(bytes);
  if (found === sha256) return bytes;
  throw new FileDamaged(
    `the file at ${where} was changed or damaged: its SHA-256 is ${found} now. Restore it from a backup, or hand the paper in again`,
  );
}
