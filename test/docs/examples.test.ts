/** Every `@example` line in the code is run: `call(args)  // → value`. */

import { readdirSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'

const src = resolve(import.meta.dirname, '../../src')

interface Example {
  readonly file: string
  readonly line: number
  readonly call: string
  readonly value: string
}

const examples = readdirSync(src, { recursive: true, encoding: 'utf8' })
  .filter(file => file.endsWith('.ts'))
  .flatMap(examplesIn)

test.each(examples.map(example => [`${example.file}:${example.line} ${example.call}`, example] as const))('%s', async (_name, example) => {
  const exports = (await import(resolve(src, example.file))) as Record<string, unknown>
  const value = await run(example.call, exports)
  expect(value).toEqual(await run(example.value, exports))
})

test('there are examples to run', () => {
  expect(examples.length).toBeGreaterThan(20)
})

function examplesIn(file: string): Example[] {
  const found: Example[] = []
  let inExample = false
  readFileSync(resolve(src, file), 'utf8')
    .split('\n')
    .forEach((text, at) => {
      const line = text.trim()
      if (line.startsWith('* @example')) inExample = true
      else if (!line.startsWith('*') || /^\* @|^\*\//.test(line)) inExample = false
      const parts = /^\* +(.+?) +\/\/ → (.+)$/.exec(line)
      if (inExample && parts) found.push({ file, line: at + 1, call: parts[1]!, value: parts[2]! })
    })
  return found
}

function run(expression: string, names: Record<string, unknown>): unknown {
  return new Function(...Object.keys(names), `return (${expression})`)(...Object.values(names))
}
