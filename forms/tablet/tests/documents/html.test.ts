import fc from 'fast-check'
import { expect, it, test } from 'vitest'
import { numbered, type Content, type Document } from '../../src/documents/blocks'
import { renderHtml } from '../../src/documents/html'
import { onSiteRecord } from '../../src/documents/record'
import { law } from '../vectors'
import { BROKEN, CLEAN } from './visits'

const page = (contents: Content[], number: string | null = null): Document =>
  ({ kind: 'inspection_record', number, title: '笔录', on: '2026-11-21', officers: ['SH-0001'], blocks: numbered(contents) })

const EVIL = '<img src=x onerror=alert(1)>"\'&'

it('lets no text become markup, wherever it stands', () => {
  const contents: Content[] = [
    { kind: 'heading', level: 1, text: EVIL },
    { kind: 'heading', level: 2, text: EVIL },
    { kind: 'paragraph', text: EVIL },
    { kind: 'table', head: [EVIL], rows: [[EVIL]] },
    { kind: 'table', head: null, rows: [[EVIL, EVIL]] },
    { kind: 'signature', label: EVIL, name: EVIL, certificateNo: EVIL, state: 'refused', reason: EVIL, image: EVIL, at: EVIL },
    { kind: 'seal', agency: EVIL, on: EVIL },
    { kind: 'verification', code: EVIL, address: EVIL },
  ]
  const html = renderHtml({ ...page(contents, EVIL), title: EVIL, officers: [EVIL] }, { [EVIL]: 'data:image/png;base64,AAAA' })

  expect(html).not.toContain('<img src=x')
  expect(html.match(/<img/g)).toHaveLength(1)
  expect(html).not.toMatch(/style=|<script|onerror=alert\(1\)>/)
})

test.each(['javascript:alert(1)', 'https://elsewhere.invalid/a.png', 'data:image/svg+xml,<svg onload=alert(1)>', 'data:image/png;base64,"><script>'])(
  'a picture from %s is not shown', (url) => {
    const signed: Content = { kind: 'signature', label: '现场负责人', name: null, certificateNo: null, state: 'signed', reason: null, image: 'a.png', at: null }
    expect(renderHtml(page([signed]), { 'a.png': url })).not.toContain('<img')
  },
)

it('shows every text of a document, and number, day and certificates at its foot', () => {
  const made = onSiteRecord(law, BROKEN)
  const html = renderHtml(made)

  for (const block of made.blocks) if (block.kind === 'paragraph') expect(html).toContain(block.text.replaceAll('"', '&#34;'))
  expect(html.split('<tfoot>')[1]).toMatch(/示检字〔2026〕第0013号　2026年11月21日.*SH-0001、SH-0002/)
})

it('says why a signature is missing', () => {
  expect(renderHtml(onSiteRecord(law, BROKEN))).toContain('拒绝签名：认为只是来找人')
  expect(renderHtml(onSiteRecord(law, CLEAN), { 'person.png': 'blob:https://example.invalid/1' })).toContain('alt="现场负责人的签名"')
})

test('every tag that is opened is closed, whatever is written', () => {
  fc.assert(
    fc.property(fc.string(), fc.string(), (one, two) => {
      const html = renderHtml(page([{ kind: 'paragraph', text: one }, { kind: 'table', head: null, rows: [[one, two]] }], two))
      for (const tag of ['p', 'td', 'th', 'tr', 'table', 'article']) expect(html.split(`<${tag}`).length).toBeGreaterThanOrEqual(html.split(`</${tag}>`).length)
      expect(html.match(/<(?!\/?(article|table|tbody|tfoot|tr|td|th|p)\b)/)).toBeNull()
    }),
  )
})
