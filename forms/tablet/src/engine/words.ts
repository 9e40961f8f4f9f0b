/** Labels as plain text: authors may write Markdown, and screens show none. */
import type { MarkdownNode, Words } from '@getodk/xforms-engine'

export function plain(words: Words | null): string {
  if (words === null) return ''
  return /[\\`*_#<>[\]&\n]/.test(words.asString) ? words.formatted.map(textOf).join('\n').trim() : words.asString
}

function textOf(node: MarkdownNode): string {
  switch (node.role) {
    case 'child':
      return node.value
    case 'line-break':
      return '\n'
    case 'html':
      return node.unsafeHtml.replace(/<[^>]*>/g, '')
    case 'parent':
      return node.children.map(textOf).join('')
  }
}
