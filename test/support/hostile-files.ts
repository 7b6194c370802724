/** Whoever runs this asks for an address with this word in it. */
export const ACT = "fetch('/beacon');new Image().src='/beacon';document.title='beacon';alert('beacon')"
const PAGE = `<!doctype html><body onload="${ACT}"><script>${ACT}</script><img src=x onerror="${ACT}">`
const SVG = `<svg xmlns="http://www.w3.org/2000/svg" onload="${ACT}"><script>${ACT}</script><foreignObject><body xmlns="http://www.w3.org/1999/xhtml"><img src="x" onerror="${ACT}"/></body></foreignObject><animate attributeName="x" begin="0s" onbegin="${ACT}"/></svg>`
const PDF = `%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R/OpenAction<</S/JavaScript/JS(app.alert\\('beacon'\\))>>>>endobj\n2 0 obj<</Type/Pages/Count 0/Kids[]>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF`

/** Stored by a storage that takes every content, so that serving alone has to hold. */
export const HOSTILE: readonly [name: string, content: string][] = [
  ['script.svg', SVG],
  ['page.txt', PAGE],
  ['page.csv', PAGE],
  ['page.tsv', PAGE],
  ['page.html', PAGE],
  ['page.htm', PAGE],
  ['page.xhtml', PAGE],
  ['page.xml', `<html xmlns="http://www.w3.org/1999/xhtml"><script>${ACT}</script></html>`],
  ['page.png', PAGE],
  ['page.jpg', PAGE],
  ['page.webp', PAGE],
  ['page.mp4', PAGE],
  ['page.mp3', PAGE],
  ['page.pdf', PAGE],
  ['page.rtf', PAGE],
  ['page.json', PAGE],
  ['page.md', PAGE],
  [
    'links.md',
    `[a](javascript:${ACT}) ![b](x" onerror="${ACT}) <a href="javascript:${ACT}">c</a>\n\n<iframe srcdoc="${PAGE.replaceAll('"', '&quot;')}"></iframe>`,
  ],
  ['prototype.json', `{"__proto__":{"toString":"${PAGE.replaceAll('"', "'")}"},"constructor":{"prototype":{"a":1}}}`],
  ['deep.json', '['.repeat(50_000)],
  ['formula.csv', `=HYPERLINK("javascript:${ACT}";"x"),+1,@SUM(A1)\n"<script>${ACT.replaceAll('"', '""')}</script>",b`],
  [
    'object.rtf',
    `{\\rtf1{\\field{\\*\\fldinst HYPERLINK "javascript:${ACT}"}{\\fldrslt x}}{\\object\\objemb ${PAGE}}}`,
  ],
  ['page.bin', PAGE],
  ['script.js', ACT],
  ['polyglot.gif', `GIF89a/*\x01\0\x01\0\0*/=1;${ACT};//${PAGE}`],
  ['polyglot.jpg', `\xff\xd8\xff\xe0\0\x10JFIF\0\x01\x01\0\0\x01\0\x01\0\0\xff\xfe\x10\0${PAGE}`],
  ['polyglot.pdf', `${PAGE}${PDF}`],
  ['acting.pdf', PDF],
  ['utf-7.txt', '+ADw-script+AD4-alert(1)+ADw-/script+AD4-'],
  [`<img src=x onerror="${ACT.slice(0, 20)}">.txt`, 'named after markup'],
]

/** One byte for each character. */
export const getBytes = (text: string): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(text, (character) => character.charCodeAt(0) & 0xff)
