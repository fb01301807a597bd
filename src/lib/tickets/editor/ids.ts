import { idReader } from '#lib/ui/id-reader';

export const { outdated, requireId, requireVersion, requireOneOf } = idReader('/ticket_setup');
