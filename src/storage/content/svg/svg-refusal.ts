/** What keeps a file from being stored: it is no SVG, or one that must not be drawn. */
export class SvgRefusal extends Error {
  readonly isMalformed: boolean

  constructor(message: string, { isMalformed = false }: { isMalformed?: boolean } = {}) {
    super(message)
    this.isMalformed = isMalformed
  }
}
