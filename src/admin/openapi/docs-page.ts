import { html } from 'hono/html'
import { describeText, type Html } from './docs-text.ts'
import { operationArticle, type OperationEntry } from './docs-operation.ts'
import { schemaArticle } from './docs-schema.ts'
import { DOCS_STYLE } from './docs-style.ts'
import type { HttpMethod, OpenApiDocument } from './openapi-types.ts'

/**
 * The description as a page for people: one piece of HTML without scripts.
 *
 * Attack: a table, a column or the site has a name with markup in it. Every value goes through Hono's `html`, which
 * escapes it; nothing here is marked as safe but the style, which holds no value.
 */
export function docsPage(document: OpenApiDocument): Html {
  const { info, tags, components } = document
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>HTTP interface · ${info.title}</title>
        ${DOCS_STYLE}
      </head>
      <body>
        <header>
          <p><a href="../">${info.title}</a></p>
          <h1>HTTP interface</h1>
          <p>${describeText(info.description)}</p>
          <p>
            Addresses begin at <code>${document.servers?.[0]?.url ?? '/'}</code>. The same for programs:
            <a href="openapi.json">OpenAPI ${document.openapi}</a>.
          </p>
        </header>
        <nav aria-label="Sections">
          <ul>
            ${tags.map(({ name }) => sectionLink(name))}${sectionLink('Schemas')}
          </ul>
        </nav>
        <main>
          ${tags.map((tag) => tagSection(tag, getOperations(document, tag.name)))}
          <section id="${sectionId('Schemas')}">
            <h2>Schemas</h2>
            ${Object.entries(components.schemas).map(([name, schema]) => schemaArticle(name, schema))}
          </section>
        </main>
      </body>
    </html>`
}

function tagSection({ name, description }: OpenApiDocument['tags'][number], operations: OperationEntry[]): Html {
  return html`<section id="${sectionId(name)}">
    <h2>${name}</h2>
    <p>${describeText(description)}</p>
    ${operations.map(operationArticle)}
  </section>`
}

function getOperations({ paths }: OpenApiDocument, tag: string): OperationEntry[] {
  return Object.entries(paths).flatMap(([path, item]) =>
    METHODS.flatMap((method) => {
      const operation = item[method]
      return operation?.tags.includes(tag) === true ? [{ method, path, operation }] : []
    }),
  )
}

const METHODS: readonly HttpMethod[] = ['get', 'head', 'post', 'put', 'patch', 'delete']

function sectionLink(name: string): Html {
  return html`<li><a href="#${sectionId(name)}">${name}</a></li>`
}

function sectionId(name: string): string {
  return `section-${name.toLowerCase()}`
}
