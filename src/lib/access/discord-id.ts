/** An id of Discord as text; a longer one would not fit into a bigint of PostgreSQL. */
export const SNOWFLAKE = /^(?:[1-9]\d{14,17}|[1-8]\d{18})$/;

/** Whether something has the shape of an id of Discord. */
export function isDiscordId(text: unknown): text is string {
  return typeof text === 'string' && SNOWFLAKE.test(text);
}
