import { describe, expect, expectTypeOf, it } from 'vitest'
import { type MessageArguments, createFormatMessage } from '../../src/contract/messages/format-message.ts'
import type { MessageParameters } from '../../src/contract/messages/message-parameters.ts'

const format = createFormatMessage(
  {
    cancel: 'Cancel',
    greeting: 'Hello, {name}',
    files: '{count, plural, =0 {No files} one {# file of {name}} other {# files of {name}}}',
    nested: '{count, plural, one {{kind, select, image {One image} other {One file}}} other {# files}} in {folder}',
    link: 'Read the <link>guide for {name}</link>.',
  } as const,
  'en',
)

describe('a message', () => {
  it('without parameters is its text', () => {
    expect(format('cancel')).toBe('Cancel')
  })

  it('puts parameters in, and chooses the plural form', () => {
    expect(format('greeting', { name: 'Ada' })).toBe('Hello, Ada')
    expect(format('files', { count: 0, name: 'Ada' })).toBe('No files')
    expect(format('files', { count: 1, name: 'Ada' })).toBe('1 file of Ada')
    expect(format('files', { count: 1200, name: 'Ada' })).toBe('1,200 files of Ada')
  })

  it('leaves what a parameter holds as it is: braces and tags in it are text', () => {
    expect(format('greeting', { name: '{count} <b>x</b>' })).toBe('Hello, {count} <b>x</b>')
  })

  it('is typed by the parameters it names', () => {
    expectTypeOf<MessageArguments<'Cancel'>>().toEqualTypeOf<[]>()
    expectTypeOf<keyof MessageParameters<'{count, plural, one {# file of {name}} other {# files}}'>>().toEqualTypeOf<
      'count' | 'name'
    >()
    expectTypeOf<
      keyof MessageParameters<'{n, plural, one {{kind, select, image {One} other {Two}}} other {# x}} in {folder}'>
    >().toEqualTypeOf<'n' | 'kind' | 'folder'>()
    expectTypeOf<keyof MessageParameters<'Read the <link>guide for {name}</link>.'>>().toEqualTypeOf<'link' | 'name'>()
    // @ts-expect-error a parameter is missing
    expect(() => format('greeting')).toThrow()
    // @ts-expect-error there is no such key
    format('greetings')
  })
})
