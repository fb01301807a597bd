/** The sandbox cannot start as it was asked to: one sentence for the person who did. */
export class StartError extends Error {
  override readonly name = 'StartError';
}
