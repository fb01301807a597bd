/**
 * Whether a task has a part in reminders. Where weeks pass and nothing else is set up, the others find nothing, and are three quarters of the
 * queries.
 */
export const isOfReminders = (task: string): boolean => /^(?:reminder|announcement)-/.test(task);
