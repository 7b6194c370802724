/** The first letter as a person counts letters, as a capital: for marks and avatars. */
export function firstLetter(text: string): string {
  const [first] = new Intl.Segmenter().segment(text)
  return first?.segment.toUpperCase() ?? ''
}
