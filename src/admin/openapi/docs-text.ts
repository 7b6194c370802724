import { html } from 'hono/html'

/** HTML in which every value is escaped. */
export type Html = ReturnType<typeof html>

/** A description: what stands between backticks is code. */
export function describeText(text: string): Html[] {
  return text.split('`').map((part, index) => (index % 2 === 1 ? html`<code>${part}</code>` : html`${part}`))
}

/** A table with a heading for each column; nothing when it has no rows. */
export function metadataTable(
  headings: readonly string[],
  rows: readonly (readonly (Html | Html[] | string)[])[],
): Html {
  if (rows.length === 0) return html``
  return html`<div class="table" role="group" tabindex="0" aria-label="${headings.join(', ')}">
    <table>
      <thead>
        <tr>
          ${headings.map((heading) => html`<th scope="col">${heading}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${rows.map(
          (cells) =>
            html`<tr>
              ${cells.map((cell) => html`<td>${cell}</td>`)}
            </tr>`,
        )}
      </tbody>
    </table>
  </div>`
}
