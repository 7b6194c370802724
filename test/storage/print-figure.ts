/** Prints what a test measured, where a runner may swallow the console. */
export function printFigure(text: string): void {
  process.stdout.write(`  figure: ${text}\n`)
}
