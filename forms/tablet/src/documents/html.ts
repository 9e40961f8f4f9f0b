/** A document as HTML for the screen and for A4 paper; `print.css` gives it its form. Every text is escaped. */
import type { Block, Document, Signature } from './blocks'
import { dayShown } from './shown'

/** Where the pictures of signatures are, by the names of their attachments. */
export type Images = Readonly<Record<string, string>>

const SAFE_IMAGE = /^(?:blob:|data:image\/png;base64,[A-Za-z0-9+/=]+$)/u

export function renderHtml(document: Document, images: Images = {}): string {
  const number = document.number ?? '（无文号）'
  const body = document.blocks.map((block) => rendered(block, number, images)).join('')
  const code = document.blocks.flatMap((block) => (block.kind === 'verification' ? [`核验码 ${block.code}`] : []))
  const foot = [document.title, number, dayShown(document.on), ...code, `执法证号 ${document.officers.join('、')}`].map(escaped).join('　')
  return `<article class="document" lang="zh-CN"><table class="document-sheet" role="presentation"><tbody><tr><td>${body}</td></tr></tbody>`
    + `<tfoot><tr><td class="document-foot">${foot}</td></tr></tfoot></table></article>`
}

function rendered(block: Block, number: string, images: Images): string {
  switch (block.kind) {
    case 'heading':
      return block.level === 1
        ? `<h1>${escaped(block.text)}</h1><p class="document-number">${escaped(number)}</p>`
        : `<h2>${escaped(block.text)}</h2>`
    case 'paragraph':
      return `<p>${escaped(block.text)}</p>`
    case 'table':
      return `<table class="document-table">${block.head ? `<thead>${row(block.head, 'th scope="col"')}</thead>` : ''}<tbody>${rows(block)}</tbody></table>`
    case 'signature':
      return signature(block, images)
    case 'seal':
      return `<p class="document-seal"><span>${escaped(block.agency)}</span><span>（印章）</span><span>${escaped(block.on)}</span></p>`
    case 'verification':
      return `<p class="document-verification">核验码 <strong>${escaped(block.code)}</strong>${block.address ? `　${escaped(block.address)}` : ''}</p>`
  }
}

function rows(block: { head: string[] | null; rows: string[][] }): string {
  if (block.head) return block.rows.map((cells) => row(cells, 'td')).join('')
  return block.rows.map(([name, ...values]) => `<tr><th scope="row">${escaped(name ?? '')}</th>${cells(values, 'td')}</tr>`).join('')
}

const row = (texts: string[], tag: string): string => `<tr>${cells(texts, tag)}</tr>`

const cells = (texts: string[], tag: string): string => texts.map((text) => `<${tag}>${escaped(text)}</${tag.split(' ')[0]}>`).join('')

const UNSIGNED = { signed: '', refused: '拒绝签名', absent: '不在场', pending: '' }

function signature(one: Signature, images: Images): string {
  const who = [one.name, one.certificateNo && `执法证号 ${one.certificateNo}`].filter(Boolean).join('，')
  const url = one.image === null ? undefined : images[one.image]
  const picture = url && SAFE_IMAGE.test(url) ? `<img src="${escaped(url)}" alt="${escaped(one.label)}的签名">` : ''
  const why = [UNSIGNED[one.state], one.reason].filter(Boolean).join('：')
  return `<div class="document-signature"><p>${escaped(one.label)}${who ? `：${escaped(who)}` : ''}</p>`
    + `<div class="document-sign">${picture}${escaped(why)}</div><p>${escaped(one.at ?? '　　年　　月　　日')}</p></div>`
}

function escaped(text: string): string {
  return text.replace(/[&<>"']/gu, (sign) => `&#${sign.charCodeAt(0)};`)
}
