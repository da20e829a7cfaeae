/** What every importer of a list or table is: from the files as they were given to entries, or to the lines that it cannot read. */

/** A file as somebody gave it. Its name is told in messages and says nothing about its content. */
export interface ImportFile {
  name: string;
  content: Buffer;
}

/** A line that could not be read, and why, in words that say how to mend it. Lines count from 1. */
export interface UnreadLine {
  file: string;
  line: number;
  why: string;
}

/** Reads files of one list. With any unread line nothing is imported: a list with holes would call somebody clear. */
export interface Importer<Entry> {
  list: 'sdn' | 'csl' | 'hs' | 'tariff' | 'declarations';
  read(files: readonly ImportFile[]): Promise<{ entries: Entry[]; unread: UnreadLine[] }>;
}
