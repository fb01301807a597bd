/** No flag set. The enumerations of flags have no member for that, and a number is not one of theirs. */
export const NO_FLAGS = 0 as never;
