import { z } from 'zod';

/* What JSON has no form for, as readable text and lists. */

export const id = z.string().regex(/^\d{1,20}$/);

export const instant = z.codec(z.iso.datetime(), z.date(), {
  decode: (text) => new Date(text),
  encode: (date) => date.toISOString(),
});

/** Permissions. */
export const bits = z.codec(z.string().regex(/^\d{1,30}$/), z.bigint(), {
  decode: (text) => BigInt(text),
  encode: (value) => value.toString(),
});

export const bytes = z.codec(z.base64(), z.custom<Uint8Array>(), {
  decode: (text) => new Uint8Array(Buffer.from(text, 'base64')),
  encode: (value) => Buffer.from(value).toString('base64'),
});

export const ids = z.codec(z.array(id), z.custom<Set<string>>(), {
  decode: (list) => new Set(list),
  encode: (set) => [...set],
});

/** When something was, by an id. */
export const instants = z.codec(z.array(z.tuple([id, z.iso.datetime()])), z.custom<Map<string, Date>>(), {
  decode: (pairs) => new Map(pairs.map(([key, at]) => [key, new Date(at)])),
  encode: (map) => [...map].map(([key, at]): [string, string] => [key, at.toISOString()]),
});

/** A map of records by one of their fields, as a list of the records in the map's order. */
export function byField<Field extends string, Shape extends z.ZodType<Record<Field, string>>>(
  field: Field,
  shape: Shape,
) {
  return z.codec(z.array(shape), z.custom<Map<string, z.output<Shape>>>(), {
    decode: (records) =>
      new Map(records.map((record) => [record[field], record])) as Map<string, z.output<Shape>>,
    encode: (map) => [...map.values()],
  });
}

export function byId<Shape extends z.ZodType<{ id: string }>>(shape: Shape) {
  return byField('id', shape);
}

/** Data in Discord's own shape, which is kept as it is. */
export function plain<Data extends object>() {
  return z.custom<Data>((data) => typeof data === 'object' && data !== null && !Array.isArray(data));
}
