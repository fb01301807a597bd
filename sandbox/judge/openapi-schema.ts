import { isRecord } from './values.ts';

type Json = unknown;
type JsonObject = Record<string, Json>;

/** Which value of which key tells the branches of a union apart. */
const DISCRIMINATORS = ['type', 'trigger_type', 'entity_type'];
const REF = '#/components/schemas/';

/**
 * Rewrites Discord's OpenAPI document so that a JSON Schema validator judges as Discord does and says what is wrong:
 * unions are decided by their discriminator, lists of constants become an enum, and, for requests, integers may also
 * be strings of digits (the document's README says so).
 */
export function prepareDocument(document: JsonObject, use: 'requests' | 'responses'): JsonObject {
  const schemas = objectAt(objectAt(document, 'components'), 'schemas');
  const rewrite = (node: Json): Json => {
    if (Array.isArray(node)) return node.map(rewrite);
    if (!isRecord(node)) return node;
    const copy: JsonObject = {};
    for (const [key, value] of Object.entries(node)) copy[key] = rewrite(value);
    rewriteUnion(copy, schemas);
    if (use === 'requests') relaxInteger(copy);
    return copy;
  };
  return rewrite(document) as JsonObject;
}

function rewriteUnion(node: JsonObject, schemas: JsonObject): void {
  const branches = node['oneOf'] ?? node['anyOf'];
  if (!Array.isArray(branches) || !branches.every(isRecord)) return;
  delete node['oneOf'];
  delete node['anyOf'];
  const real = branches.filter((branch) => branch['type'] !== 'null');
  const constants = real.map((branch) => branch['const']);
  const chosen = constants.every((value) => value !== undefined)
    ? { enum: constants }
    : (discriminated(real, schemas) ?? { anyOf: real });
  const unlessNull = real.length === branches.length ? chosen : { if: { type: 'null' }, else: chosen };
  const others = Array.isArray(node['allOf']) ? node['allOf'] : [];
  node['allOf'] = [...others, unlessNull];
}

/** A union of named objects whose discriminators do not overlap, as a chain of conditions. */
function discriminated(branches: JsonObject[], schemas: JsonObject): JsonObject | undefined {
  if (branches.length < 2) return undefined;
  for (const key of DISCRIMINATORS) {
    const values = branches.map((branch) => constantsOf(branch, key, schemas));
    const all = values.flat();
    if (values.some((list) => list.length === 0) || new Set(all).size < all.length) continue;
    const conditions = branches.map((branch, index) => ({
      if: { not: { required: [key], properties: { [key]: { enum: values[index] } } } },
      else: branch,
    }));
    return {
      allOf: [{ type: 'object', required: [key], properties: { [key]: { enum: all } } }, ...conditions],
    };
  }
  return undefined;
}

function constantsOf(branch: JsonObject, key: string, schemas: JsonObject): Json[] {
  const reference = branch['$ref'];
  if (typeof reference !== 'string' || !reference.startsWith(REF)) return [];
  const property = objectAt(objectAt(objectAt(schemas, reference.slice(REF.length)), 'properties'), key);
  if (property['const'] !== undefined) return [property['const']];
  return Array.isArray(property['enum']) ? property['enum'] : [];
}

function relaxInteger(node: JsonObject): void {
  const types = Array.isArray(node['type']) ? node['type'] : [node['type']];
  if (!types.includes('integer') || types.includes('string')) return;
  if (['enum', 'const', 'allOf'].some((key) => key in node)) return;
  node['type'] = [...types, 'string'];
  node['pattern'] = '^-?\\d+$';
}

/** The object under a key, or an empty one. */
export function objectAt(node: Json, key: string): JsonObject {
  const value = isRecord(node) ? node[key] : undefined;
  return isRecord(value) ? value : {};
}
