/** How much a file may ask of the reader. Each limit is far above what a paper of one shipment needs. */

/** Largest file that is taken, in bytes (20 MiB): the doors stop reading an upload at it. */
export const LARGEST_FILE_BYTES = 20 * 1024 * 1024;

/** Of a zip archive (workbook, OFD): parts, bytes unpacked altogether, and how many times larger than packed one part may be. */
export const MOST_ZIP_PARTS = 2000;
export const MOST_UNPACKED_BYTES = 96 * 1024 * 1024;
export const MOST_UNPACKED_RATIO = 200;
/** A part below this is no bomb whatever its ratio: a sheet of one repeated row packs very well. */
export const RATIO_COUNTS_ABOVE_BYTES = 4 * 1024 * 1024;

/** Largest XML file, in bytes (4 MiB): an e-invoice has some kilobytes, and every mark of it is looked at before it is taken. */
export const LARGEST_XML_BYTES = 4 * 1024 * 1024;

/** Elements inside one another in an XML file; e-invoices use about ten. */
export const DEEPEST_XML = 64;

/** Pages of a PDF that are read; what follows is named in a note. */
export const MOST_PAGES = 50;
/** Words of one PDF that are read. */
export const MOST_WORDS = 60_000;

/** Of a workbook. */
export const MOST_SHEETS = 20;
export const MOST_ROWS = 5000;
export const MOST_COLUMNS = 120;

/** A reader that takes longer is ended (ms); a paper of 50 lines takes a tenth of a second. */
export const READ_WITHIN_MS = 10_000;
/** Heap of the reader's thread (MiB). */
export const READER_HEAP_MIB = 384;
