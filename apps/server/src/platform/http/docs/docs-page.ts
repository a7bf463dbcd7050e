import { type ProblemType, problems } from '@frontdesk/contract'
import { type Html, html, renderHtml } from '../html.ts'
import type { JsonSchema } from './json-schemas.ts'
import type { Media, OpenApi, Operation, Parameter } from './openapi.ts'

/** The readable form of the API's document: one page, an anchor for each operation, no script needed. */
export function docsPage(document: OpenApi): string {
  const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ method: method.toUpperCase(), path, operation })),
  )
  const groups = document.tags.map(({ name }) => ({
    name,
    operations: operations.filter(({ operation }) => operation.tags.includes(name)),
  }))
  return shell(
    'Frontdesk API',
    html`<header><strong>Frontdesk API</strong><input id="search" type="search" placeholder="Search (press /)" aria-label="Search the API" hidden><span id="shown" role="status"></span><a href="/api/openapi.json">openapi.json</a></header>
<div class="page"><nav aria-label="Operations"><ul><li><a href="#begin">How it works</a></li><li><a href="#problems">Problems</a></li><li><a href="#schemas">Schemas</a></li></ul>${groups.map(
      (group) =>
        html`<section data-group><strong>${titleOf(group.name)}</strong><ul>${group.operations.map(
          (entry) => html`<li data-words="${wordsOf(entry)}"><a href="#${entry.operation.operationId}">${entry.operation.summary}</a></li>`,
        )}</ul></section>`,
    )}</nav>
<main><h1 id="begin">Frontdesk API</h1>${markdown(String(document.info.description))}${groups.map(
      (group) =>
        html`<section data-group><h2 id="${anchorOf(group.name)}">${titleOf(group.name)}</h2>${group.operations.map((entry) => article(entry))}</section>`,
    )}${problemList()}${schemaList(document)}</main></div><script src="/api/docs.js" defer></script>`,
  )
}

/** What one problem means, at the address that its `type` names. */
export function problemPage(type: ProblemType): string {
  const { status, title } = problems[type]
  return shell(
    title,
    html`<header><strong>Frontdesk API</strong><a href="/api/docs#problems">All problems</a></header><div class="page"><div></div><main><h1>${title}</h1><p>HTTP status <code>${status}</code>, type <code>/api/problems/${type}</code>.</p><p>The field <code>detail</code> of the answer says what was kept and what to do next. Fields beside <code>title</code> and <code>status</code> hold the facts of the case.</p></main></div>`,
  )
}

const shell = (title: string, body: Html): string =>
  `<!doctype html>${renderHtml(html`<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${title}</title><link rel="icon" href="/icons/mark.svg"><link rel="stylesheet" href="/api/docs.css"></head><body>${body}</body></html>`)}`

type Entry = { readonly method: string; readonly path: string; readonly operation: Operation }

const wordsOf = ({ method, path, operation }: Entry): string =>
  `${method} ${path} ${operation.summary} ${operation['x-permission'] ?? ''}`.toLowerCase()
/** `api keys` as a heading: `API keys`. */
const titleOf = (name: string): string => name.replace(/^api\b/, 'API').replace(/^./, (letter) => letter.toUpperCase())
const anchorOf = (name: string): string => `tag-${name.replaceAll(' ', '-')}`

function article(entry: Entry): Html {
  const { method, path, operation } = entry
  const [type, body] = Object.entries(operation.requestBody?.content ?? {})[0] ?? []
  return html`<article id="${operation.operationId}" data-words="${wordsOf(entry)}"><h3><a href="#${operation.operationId}">${operation.summary}</a></h3>
<p class="route"><span class="method">${method}</span> <code>/api/v1${path}</code></p><p class="who">${whoMay(operation)}</p>${operation.description ? markdown(operation.description) : null}${
    operation.parameters.length > 0 ? table(['Parameter', 'In', 'Type', ''], operation.parameters.map(parameterRow)) : null
  }${body ? html`<p>Body${type === 'application/json' ? '' : html`, <code>${type}</code>`}</p>${fieldTable(body)}` : null}${Object.entries(
    operation.responses,
  ).map(([status, response]) => {
    const media = Object.values(response.content ?? {})[0]
    return html`<details><summary><code>${status}</code> ${inline(response.description)}</summary>${media ? fieldTable(media) : null}</details>`
  })}</article>`
}

function whoMay(operation: Operation): string {
  if (operation.security.length === 0) return 'Anybody, or the bearer of a signed link.'
  if (operation['x-roles']) return `Roles: ${operation['x-roles'].join(', ')}. API keys with the scope ${operation['x-permission']}.`
  return 'Somebody signed in.'
}

const parameterRow = (parameter: Parameter): readonly Html[] => [
  html`<code>${parameter.name}</code>`,
  html`${parameter.in}${parameter.required ? '' : ', optional'}`,
  html`${typeOf(parameter.schema)}`,
  html`${parameter.description ?? ''}`,
]

function fieldTable({ schema, example }: Media): Html {
  const rows = Object.entries(schema.properties ?? {}).map(([name, field]) => [
    html`<code>${name}</code>`,
    html`${typeOf(field)}${(schema.required ?? []).includes(name) ? null : html`, optional`}`,
    html`${field.description ?? ''}`,
  ])
  return html`${rows.length > 0 ? table(['Field', 'Type', ''], rows) : html`<p>${typeOf(schema)}</p>`}${example === undefined ? null : html`<pre><code>${JSON.stringify(example, null, 2)}</code></pre>`}`
}

const table = (heads: readonly string[], rows: readonly (readonly Html[])[]): Html =>
  html`<table><thead><tr>${heads.map((head) => html`<th scope="col">${head}</th>`)}</tr></thead><tbody>${rows.map((row) => html`<tr>${row.map((cell) => html`<td>${cell}</td>`)}</tr>`)}</tbody></table>`

function typeOf(schema: JsonSchema): Html {
  if (schema.$ref) {
    const name = schema.$ref.split('/').at(-1) ?? ''
    return html`<a class="type" href="#schema-${name}">${name}</a>`
  }
  const choices = schema.anyOf ?? schema.oneOf
  if (choices) return html`${choices.map((choice, index) => html`${index > 0 ? ' or ' : ''}${typeOf(choice)}`)}`
  if (schema.enum) return html`<span class="type">${schema.enum.map(String).join(' | ')}</span>`
  if (schema.const !== undefined) return html`<span class="type">${String(schema.const)}</span>`
  if (schema.items) return html`<span class="type">list of</span> ${typeOf(schema.items)}`
  const limits = schema.maxLength === undefined ? '' : `, at most ${schema.maxLength} characters`
  return html`<span class="type">${[schema.type ?? 'any'].flat().join(' or ')}${schema.format ? ` (${schema.format})` : ''}${limits}</span>`
}

const problemList = (): Html => {
  const rows = (Object.keys(problems) as ProblemType[]).map((type) => [
    html`<a href="/api/problems/${type}"><code>${type}</code></a>`,
    html`${problems[type].status}`,
    html`${problems[type].title}`,
  ])
  return html`<section><h2 id="problems">Problems</h2>${table(['Type', 'Status', ''], rows)}</section>`
}

const schemaList = ({ components }: OpenApi): Html =>
  html`<section><h2 id="schemas">Schemas</h2>${Object.entries(components.schemas).map(
    ([name, schema]) =>
      html`<article id="schema-${name}"><h3>${name}</h3>${schema.description ? html`<p>${schema.description}</p>` : null}${fieldTable({ schema })}</article>`,
  )}</section>`

/** The little of Markdown that descriptions use: paragraphs, one level of lists, code and bold. */
function markdown(text: string): Html {
  return html`${text.split(/\n{2,}/).map((block) => {
    const lines = block.split('\n')
    if (lines.every((line) => line.startsWith('- '))) return html`<ul>${lines.map((line) => html`<li>${inline(line.slice(2))}</li>`)}</ul>`
    return html`<p>${inline(block)}</p>`
  })}`
}

const inline = (text: string): Html =>
  html`${text.split(/(`[^`]+`|\*\*[^*]+\*\*)/).map((part) => {
    if (part.startsWith('`')) return html`<code>${part.slice(1, -1)}</code>`
    return part.startsWith('**') ? html`<strong>${part.slice(2, -2)}</strong>` : part
  })}`
