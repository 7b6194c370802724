import { html } from 'hono/html'
import type { Html } from './docs-text.ts'

/** How the page looks: in the page itself, since it needs no second request. */
export const DOCS_STYLE: Html = html`<style>
  :root {
    color-scheme: light dark;
    --text: light-dark(#17181c, #ececef);
    --secondary: light-dark(#565a64, #a9adb7);
    --surface: light-dark(#fff, #17181b);
    --background: light-dark(#f7f7f8, #101113);
    --border: light-dark(#e5e6ea, #2a2c31);
    --code: light-dark(#f1f1f3, #24262b);
    --link: light-dark(#2450c4, #8fb0ff);
  }
  * {
    box-sizing: border-box;
  }
  body {
    margin: 0 auto;
    padding: 32px 20px 96px;
    max-width: 1000px;
    background: var(--background);
    color: var(--text);
    font:
      15px/1.55 system-ui,
      sans-serif;
  }
  h1 {
    margin: 0 0 8px;
    font-size: 28px;
  }
  h2 {
    margin: 48px 0 4px;
    font-size: 21px;
  }
  h3 {
    margin: 0 0 6px;
    font-size: 15px;
    overflow-wrap: anywhere;
  }
  p {
    margin: 0 0 12px;
  }
  a {
    color: var(--link);
  }
  :focus-visible {
    outline: 2px solid var(--link);
    outline-offset: 2px;
  }
  small {
    color: var(--secondary);
    font-size: 13px;
  }
  code {
    padding: 1px 4px;
    border-radius: 4px;
    background: var(--code);
    font:
      13px/1.4 ui-monospace,
      monospace;
    overflow-wrap: anywhere;
  }
  nav ul {
    display: flex;
    flex-wrap: wrap;
    gap: 16px;
    margin: 0;
    padding: 0;
    list-style: none;
  }
  article {
    margin-top: 16px;
    padding: 16px 18px 6px;
    border: 1px solid var(--border);
    border-radius: 10px;
    background: var(--surface);
    scroll-margin-top: 12px;
  }
  .table {
    margin-bottom: 12px;
    overflow-x: auto;
  }
  table {
    width: 100%;
    min-width: 520px;
    border-collapse: collapse;
    font-size: 14px;
  }
  th,
  td {
    padding: 6px 12px 6px 0;
    border-top: 1px solid var(--border);
    text-align: left;
    vertical-align: top;
  }
  th {
    border: 0;
    color: var(--secondary);
    font-weight: 500;
  }
  td:first-child {
    width: 26%;
  }
  td:nth-child(2) {
    width: 34%;
  }
  .method {
    display: inline-block;
    min-width: 62px;
    padding: 1px 8px;
    border-radius: 5px;
    background: light-dark(#e4ecff, #1c2c57);
    color: light-dark(#1f47b0, #a9c3ff);
    font-size: 12px;
    text-align: center;
  }
  .post,
  .patch {
    background: light-dark(#e1f4e8, #14301f);
    color: light-dark(#14663a, #7fdba3);
  }
  .delete {
    background: light-dark(#fdeaea, #3a1b1d);
    color: light-dark(#a8232a, #ff9d9a);
  }
</style>`
