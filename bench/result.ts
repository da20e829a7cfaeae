/** What a benchmark hands back: what is printed, what goes into the file, and what was not as written. */
export interface Result {
  printed: string;
  figures: object;
  /** A shipment that did not end as its case is written, a figure that could not be read: each makes the exit status 1. */
  complaints: string[];
}
