/**
 * The parameters that an ICU message names, read from its text by the compiler: a message without one is called without,
 * and a misspelt one does not compile.
 *
 * In ICU syntax a brace opens an argument where text stands, and a message where an argument stands, so every second
 * level of braces names a parameter: `{count, plural, one {# file} other {# files}}` has one, `count`.
 */
export type MessageParameters<TMessage extends string> = {
  [TName in ParameterName<TMessage, 'text'> | TagName<TMessage>]: MessageValue
}

/** What may stand for a parameter: text, a number, a moment, or what a renderer makes of a tag such as `<link>`. */
export type MessageValue = unknown

type ParameterName<
  TText extends string,
  TLevel extends 'text' | 'argument',
> = TText extends `${infer TBefore}{${infer TAfter}` ? AfterBrace<TAfter, Toggled<TBefore, TLevel>> : never

/** A brace opens: at the level of text it begins an argument, which starts with its name. */
type AfterBrace<TAfter extends string, TLevel extends 'text' | 'argument'> = TLevel extends 'text'
  ? NameIn<TAfter> | ParameterName<TAfter, 'argument'>
  : ParameterName<TAfter, 'text'>

type Toggled<TText extends string, TLevel extends 'text' | 'argument'> = TText extends `${string}}${infer TAfter}`
  ? Toggled<TAfter, TLevel extends 'text' ? 'argument' : 'text'>
  : TLevel

type NameIn<TText extends string> = TText extends `${infer TInside}}${string}`
  ? TInside extends `${infer TName},${string}`
    ? TName
    : TInside
  : never

type TagName<TText extends string> = TText extends `${string}</${infer TName}>${infer TAfter}`
  ? TName | TagName<TAfter>
  : never
