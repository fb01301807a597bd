import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import type { ErrorObject, ValidateFunction } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { objectAt, prepareDocument } from './openapi-schema.ts';
import { Findings } from './problem.ts';
import type { Problem } from './problem.ts';
import { canReadInstant } from './schema-issues.ts';
import { isRecord } from './values.ts';

/** Discord's whole published document as a judge. */
export interface ApiDocument {
  /** `schema`: the named schema that is meant where the operation's body has alternatives. */
  request(operation: string, schema: string | undefined, body: unknown): Problem[];
  response(operation: string, status: number, body: unknown): Problem[];
}

const opened = new Map<string, ApiDocument>();

/** Reads openapi.json. Schemas are compiled when first needed and kept. Throws when the file is missing or no OpenAPI. */
export function openDocument(path: string): ApiDocument {
  const known = opened.get(path);
  if (known !== undefined) return known;
  const document: unknown = JSON.parse(readFileSync(path, 'utf8'));
  if (!isRecord(document) || !isRecord(document['paths'])) throw new Error(`${path} is no OpenAPI document`);
  const made = makeDocument(document);
  opened.set(path, made);
  return made;
}

function makeDocument(document: Record<string, unknown>): ApiDocument {
  const requests = new Compiler(document, 'requests');
  const responses = new Compiler(document, 'responses');
  return {
    request(operation, schema, body) {
      const named =
        schema === undefined ? undefined : objectAt(objectAt(document, 'components'), 'schemas')[schema];
      const pointer =
        named === undefined ? requestPointer(document, operation) : ['components', 'schemas', schema ?? ''];
      return pointer === undefined ? [] : requests.judge(pointer, body);
    },
    response(operation, status, body) {
      const described = objectAt(operationOf(document, operation), 'responses');
      if (Object.keys(described).length === 0) return [];
      const answer = objectAt(described, String(status));
      if (Object.keys(answer).length === 0) {
        return [{ path: [], code: 'STATUS', message: `Discord's document has no answer ${status}` }];
      }
      if (!('application/json' in objectAt(answer, 'content'))) return [];
      const pointer = ['responses', String(status), 'content', 'application/json', 'schema'];
      return responses.judge([...operationPointer(operation), ...pointer], body);
    },
  };
}

class Compiler {
  readonly #document: Record<string, unknown>;
  readonly #use: 'requests' | 'responses';
  readonly #compiled = new Map<string, ValidateFunction>();
  #ajv: Ajv2020 | undefined;

  constructor(document: Record<string, unknown>, use: 'requests' | 'responses') {
    this.#document = document;
    this.#use = use;
  }

  judge(pointer: readonly string[], value: unknown): Problem[] {
    const validate = this.#compile(pointer.map(escapePointer).join('/'));
    if (validate(value)) return [];
    return problemsOf(validate.errors ?? []);
  }

  #compile(pointer: string): ValidateFunction {
    const known = this.#compiled.get(pointer);
    if (known !== undefined) return known;
    this.#ajv ??= this.#start();
    const validate = this.#ajv.compile({ $ref: `discord#/${pointer}` });
    this.#compiled.set(pointer, validate);
    return validate;
  }

  #start(): Ajv2020 {
    const ajv = new Ajv2020({ strict: false, allErrors: true, validateSchema: false, logger: false });
    addFormats.default(ajv);
    ajv.addFormat('snowflake', /^\d{1,20}$/);
    ajv.addFormat('nonce', true);
    ajv.addFormat('uri', (text: string) => URL.canParse(text));
    ajv.addFormat('date-time', canReadInstant);
    ajv.addSchema(prepareDocument(this.#document, this.#use), 'discord');
    return ajv;
  }
}

function operationPointer(operation: string): string[] {
  const [method = '', path = ''] = operation.split(' ');
  return ['paths', path, method.toLowerCase()];
}

function operationOf(document: Record<string, unknown>, operation: string): Record<string, unknown> {
  return operationPointer(operation).reduce<Record<string, unknown>>(objectAt, document);
}

function requestPointer(document: Record<string, unknown>, operation: string): string[] | undefined {
  const content = objectAt(objectAt(operationOf(document, operation), 'requestBody'), 'content');
  if (!('application/json' in content)) return undefined;
  return [...operationPointer(operation), 'requestBody', 'content', 'application/json', 'schema'];
}

function escapePointer(key: string): string {
  return encodeURIComponent(key.replaceAll('~', '~0').replaceAll('/', '~1'));
}

function problemsOf(errors: readonly ErrorObject[]): Problem[] {
  const found: Problem[] = [];
  for (const error of errors) {
    // The conditions that stand for unions report what failed inside them besides.
    if (error.keyword === 'if') continue;
    addProblem(error, new Findings(found, pathOf(error.instancePath)));
  }
  return found;
}

function addProblem(error: ErrorObject, here: Findings): void {
  const params = error.params as Record<string, unknown>;
  const limit = Number(params['limit']);
  switch (error.keyword) {
    case 'required':
      here.at(String(params['missingProperty'])).required();
      break;
    case 'maxLength':
    case 'maxItems':
      here.tooLong(limit);
      break;
    case 'minLength':
    case 'minItems':
      here.tooShort(limit);
      break;
    case 'maximum':
      here.tooHigh(limit);
      break;
    case 'minimum':
      here.tooLow(limit);
      break;
    case 'uniqueItems':
      here.duplicate();
      break;
    default:
      here.add('OPENAPI', `${error.message ?? error.keyword}${allowedValues(params)}`);
  }
}

function allowedValues(params: Record<string, unknown>): string {
  const allowed = params['allowedValues'];
  return Array.isArray(allowed) ? ` (${allowed.join(', ')})` : '';
}

function pathOf(pointer: string): (string | number)[] {
  return pointer
    .split('/')
    .slice(1)
    .map((key) => (/^\d+$/.test(key) ? Number(key) : key.replaceAll('~1', '/').replaceAll('~0', '~')));
}
