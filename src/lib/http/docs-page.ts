import { createHash } from 'node:crypto';
import type { oas31 } from 'zod-openapi';
import { escapeHtml } from '#lib/text/escape-html';
import type { OpenApiDocument } from './openapi.ts';

const STYLE = `:root{color-scheme:light dark}body{font:16px/1.5 system-ui,sans-serif;max-width:60rem;margin:0 auto;padding:1rem}
h2{margin-top:2.5rem;text-transform:capitalize}h3{margin:2rem 0 .25rem;overflow-wrap:anywhere}code,pre{font:14px/1.4 ui-monospace,monospace}
pre{overflow:auto;padding:.75rem;border:1px solid GrayText;border-radius:.5rem}table{border-collapse:collapse;width:100%}
th,td{text-align:left;vertical-align:top;padding:.25rem .75rem .25rem 0;border-bottom:1px solid GrayText}`;

/** The page loads nothing and runs nothing but its own style. */
export const DOCS_POLICY = `default-src 'none'; style-src 'sha256-${createHash('sha256').update(STYLE).digest('base64')}'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'`;

const METHODS = ['get', 'post', 'put', 'patch', 'delete'] as const;

/** The OpenAPI document as a page for people. */
export function docsPage(document: OpenApiDocument): string {
  const operations = Object.entries(document.paths ?? {}).flatMap(([path, item]) =>
    METHODS.flatMap((method) => {
      const operation = item[method];
      return operation === undefined ? [] : [{ path, method, operation }];
    }),
  );
  const groups = (document.tags ?? []).map(({ name }) => {
    const own = operations.filter(({ operation }) => operation.tags?.includes(name) === true);
    return `<section><h2 id="${escapeHtml(name)}">${escapeHtml(name)}</h2>${own.map(operationHtml).join('')}</section>`;
  });
  const schemas = Object.entries(document.components?.schemas ?? {}).map(
    ([name, schema]) =>
      `<h3 id="shape-${escapeHtml(name)}">${escapeHtml(name)}</h3><pre tabindex="0">${escapeHtml(JSON.stringify(schema, null, 2))}</pre>`,
  );
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>Alphapy API</title><style>${STYLE}</style></head>
<body><header><h1>Alphapy API</h1><p>${escapeHtml(document.info.description ?? '')}
For programs: <a href="/openapi.json">openapi.json</a>.</p>
<nav aria-label="Groups"><ul>${(document.tags ?? []).map(({ name }) => `<li><a href="#${escapeHtml(name)}">${escapeHtml(name)}</a></li>`).join('')}</ul></nav></header>
<main>${groups.join('')}<section><h2>Shapes</h2>${schemas.join('')}</section></main></body></html>
`;
}

function operationHtml({
  path,
  method,
  operation,
}: {
  readonly path: string;
  readonly method: string;
  readonly operation: oas31.OperationObject;
}): string {
  const parameters = (operation.parameters ?? []).flatMap((one) => ('$ref' in one ? [] : [one]));
  const rows = parameters.map(
    ({ name, in: place, required, description, schema }) =>
      `<tr><td><code>${escapeHtml(name)}</code></td><td>${place}${required === true ? ', required' : ''}</td><td>${escapeHtml(description ?? (schema as oas31.SchemaObject | undefined)?.description ?? '')}</td></tr>`,
  );
  const body = operation.requestBody;
  const content = body === undefined || '$ref' in body ? undefined : body.content['application/json'];
  const answers = Object.entries(operation.responses ?? {}).map(
    ([status, answer]: [string, oas31.ResponseObject | oas31.ReferenceObject]) =>
      `<li><code>${escapeHtml(status)}</code> ${'$ref' in answer ? '' : `${escapeHtml(answer.description)} ${shapeLink(answer.content?.['application/json']?.schema)}`}</li>`,
  );
  return `<article><h3 id="${escapeHtml(operation.operationId ?? '')}"><code>${method.toUpperCase()} ${escapeHtml(path)}</code></h3>
<p>${escapeHtml(operation.summary ?? '')} ${escapeHtml(operation.description ?? '')}</p>
${rows.length === 0 ? '' : `<table><thead><tr><th scope="col">Parameter</th><th scope="col">Where</th><th scope="col">Meaning</th></tr></thead><tbody>${rows.join('')}</tbody></table>`}
${content === undefined ? '' : `<p>Body: ${shapeLink(content.schema)}</p>`}
<details><summary>Answers</summary><ul>${answers.join('')}</ul></details></article>`;
}

/** A link to a named shape; any other stands where it is. */
function shapeLink(schema: oas31.SchemaObject | oas31.ReferenceObject | undefined): string {
  if (schema === undefined) return '';
  const name = '$ref' in schema ? schema.$ref?.split('/').at(-1) : undefined;
  return name === undefined
    ? `<code>${escapeHtml(JSON.stringify(schema))}</code>`
    : `<a href="#shape-${escapeHtml(name)}">${escapeHtml(name)}</a>`;
}
