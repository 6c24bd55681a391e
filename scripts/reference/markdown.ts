/** How does text become Markdown that shows it as it is? */

/** First lines of every generated page. */
export const generated = '<!-- Written by "npm run generate"; changes belong into the code. -->\n'

/**
 * A table.
 *
 * @param rows cells are Markdown already, without line breaks
 */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.map(cell => cell.replaceAll('|', '\\|')).join(' | ')} |`
  return [line(head), `|${' --- |'.repeat(head.length)}`, ...rows.map(line)].join('\n')
}

/** Plain words, with everything escaped that Markdown would take for its own. */
export function plain(text: string): string {
  return text.replace(/[\\*_<>`]/g, '\\$&').replace(/\s+/g, ' ')
}

/** Text as code; holds no backtick. */
export function code(text: string): string {
  return `\`${text}\``
}
