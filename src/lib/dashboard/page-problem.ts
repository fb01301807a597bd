import { HttpProblem } from '#lib/http/problem';
import type { UserError } from '#lib/errors/user-error';
import type { SentenceKey, SentenceValues } from '#lib/i18n/translate';

/** A refusal of a page that says in its own words why. */
export class PageProblem extends HttpProblem {
  override name = 'PageProblem';

  constructor(
    status: number,
    readonly sentence: SentenceKey,
    readonly values: SentenceValues = {},
    cause?: unknown,
  ) {
    super(status, 'The page says why.', { cause });
  }

  static of({ sentence, values }: UserError, status: number): PageProblem {
    return new PageProblem(status, sentence, values);
  }
}
