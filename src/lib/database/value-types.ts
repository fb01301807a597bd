import { types, type CustomTypesConfig } from 'pg';

const plainDates = (text: string): string => text;

/** How values are read: as `pg` does by default, but a date stays `YYYY-MM-DD`. `pg` makes it midnight in the machine's own zone. */
export const valueTypes: CustomTypesConfig = {
  getTypeParser: ((...[type, format]: Parameters<typeof types.getTypeParser>) =>
    type === types.builtins.DATE ? plainDates : types.getTypeParser(type, format)) as never,
};
