const ACRONYMS = new Set(['id', 'url', 'uuid', 'ip', 'isbn', 'pdf', 'sku', 'api', 'seo', 'csv'])

/** A column's or table's name for people: `releaseDate` and `release_date` become `Release date`. */
export function humaniseName(name: string): string {
  const words = name
    .replaceAll(/([\p{Ll}\p{Nd}])(\p{Lu})/gu, '$1 $2')
    .replaceAll(/(\p{Lu})(\p{Lu}\p{Ll})/gu, '$1 $2')
    .split(/[\s_.-]+/u)
    .filter((word) => word !== '')
    .map(humaniseWord)
    .join(' ')
  return words === '' ? name : words.charAt(0).toUpperCase() + words.slice(1)
}

function humaniseWord(word: string): string {
  const lowerCase = word.toLowerCase()
  if (ACRONYMS.has(lowerCase)) return word.toUpperCase()
  const isAcronym = word.length > 1 && word === word.toUpperCase()
  return isAcronym ? word : lowerCase
}
