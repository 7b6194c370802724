import { readFile } from 'node:fs/promises'
import { join } from 'node:path'

/** A file to write, or commands to run. */
export type GuideStep = { kind: 'file'; name: string; content: string } | { kind: 'commands'; commands: string }

const README = join(import.meta.dirname, '../../README.md')

/** What a section of the README has its reader write and run, in its order, word for word. */
export async function guideSteps(heading: string): Promise<GuideStep[]> {
  const [, section] = (await readFile(README, 'utf8')).split(`\n## ${heading}\n`)
  if (section === undefined) throw new Error(`The README has no section "${heading}".`)
  const [ownText = ''] = section.split('\n## ')
  return [...ownText.matchAll(/^```(\w+)( fragment)?\n(.*?)^```$/gms)].flatMap(
    ([, language, fragment, code = '']): GuideStep[] => {
      if (language === 'sh') return fragment === undefined ? [{ kind: 'commands', commands: code }] : []
      const [, name, content] = /^\/\/ (?:.*: )?([\w./[\]-]+\.\w+)\n(.*)$/s.exec(code) ?? []
      return name === undefined || content === undefined ? [] : [{ kind: 'file', name, content }]
    },
  )
}
