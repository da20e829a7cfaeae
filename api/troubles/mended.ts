/** How an action on a trouble went: `refused` has no safe meaning, and the words say what to do instead. */
export interface Mended {
  outcome: 'done' | 'refused';
  words: string;
}

/** It is done, or under way. */
export const done = (words: string): Mended => ({ outcome: 'done', words });

/** It is not done. */
export const refused = (words: string): Mended => ({ outcome: 'refused', words });
