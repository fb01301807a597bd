/** A piece of a source that answers a question by itself. */
export interface Passage {
  /** What it is called to people: `Running an event › The day before`. */
  readonly source: string;
  /** Its own heading, the last part of `source`. */
  readonly heading: string;
  /** As its author wrote it, with markdown and mentions; at most `PASSAGE_MAX` long. */
  readonly text: string;
}

/** In UTF-16 units: three of them fit into one embed. */
export const PASSAGE_MAX = 1_200;

/** Between the headings that lead to a passage. */
export const SEPARATOR = ' › ';
