/** Why a file is not taken. */
export type RefusalCode =
  | 'empty'
  | 'too-large'
  | 'unknown-type'
  | 'executable'
  | 'encrypted'
  | 'macros'
  | 'script'
  | 'embedded-files'
  | 'bomb'
  | 'unsafe-names'
  | 'corrupt';

/** A file that is not taken: nothing of it is stored. */
export interface Refusal {
  refused: true;
  code: RefusalCode;
  /** What, where and how to mend, for the person who sent the file. */
  message: string;
}

/** A refusal with its words. */
export function refusal(code: RefusalCode, message: string): Refusal {
  return { refused: true, code, message };
}
