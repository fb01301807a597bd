const SNOWFLAKE = /^[1-9]\d{14,19}$/;

/** Whether something has the shape of an id of Discord. */
export function isDiscordId(text: unknown): text is string {
  return typeof text === 'string' && SNOWFLAKE.test(text);
}
