/** Which refusals, mistakes and notices are there? From the tables in the code. */

import { mistakeWords, noticeWords } from '../../src/config/index.ts'
import { type FailureCode, failures, type Text } from '../../src/model/index.ts'
import { code, generated, plain, table } from './markdown.ts'
import { failureWords } from './sentences.ts'

/** `docs/reference/errors.md` */
export function writeErrors(): string {
  return `${generated}
# Error codes / Fehlercodes

- [In answers](#in-answers): what a caller meets in \`errors[].extensions.code\`.
- [In the configuration](#in-the-configuration): what \`stadttor check\` says about files.
- [Notices](#notices): what is no mistake, and closes something or is about to.

A code is never renamed and never reused. Words around it may change.

## In answers

Every error has a \`message\`, and in \`extensions\` a \`code\`, often a \`hint\`, and a \`requestId\` under which the operators
find in their log what callers are not told. The HTTP status below is given when the error ends the whole request; an error in one
field comes with status 200 beside the data of the others. With \`accept: application/json\` a request that could be read is
answered with 200 instead of 400, as GraphQL over HTTP wants it.

${Object.entries(failures).map(writeFailure).join('\n\n')}

## In the configuration

\`stadttor check\` names every mistake at once, with file, line and entry. *Words in italics* stand for what is in the file.

${table(['code', 'what is wrong, and what to do', 'was falsch ist, und was zu tun ist'], Object.entries(mistakeWords).map(writeMistake))}

## Notices

Shown by \`stadttor check\` and written to the log at start.

${table(
  ['code', 'meaning', 'Bedeutung'],
  Object.entries(noticeWords).map(([name, words]) => [anchor(name), withGaps(words.en), withGaps(words.de)]),
)}
`
}

function writeFailure([name, { status, retry }]: [string, { readonly status: number; readonly retry: boolean }]): string {
  const { meaning, remedy } = failureWords[name as FailureCode]
  const again = retry ? 'the same question may succeed later' : 'the same question fails again'
  return `### ${name}\n\nHTTP ${status}; ${again}.\n\n- ${meaning.en} ${remedy.en}\n- ${meaning.de} ${remedy.de}`
}

function writeMistake([name, { message, remedy }]: [string, { readonly message: Text; readonly remedy: Text }]): string[] {
  const inLanguage = (language: keyof Text) =>
    // Some remedies are made of what is in the file alone.
    /^<\w+>$/.test(remedy[language]) ? withGaps(message[language]) : `${withGaps(message[language])} → ${withGaps(remedy[language])}`
  return [anchor(name), inLanguage('en'), inLanguage('de')]
}

/** A cell that can be linked to. */
function anchor(name: string): string {
  return `<a id="${name.toLowerCase()}"></a>${code(name)}`
}

function withGaps(text: string): string {
  return plain(text).replace(/\\<([a-zA-Z]+)\\>/g, '*$1*')
}
