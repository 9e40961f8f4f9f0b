/** The documents of a visit, for whoever shows them: why not yet, made with its code, and as a page. */
import type { Document, DocumentKind } from './blocks'
import { inspectionNotice } from './notice'
import { noticeFacts, orderFacts, recordFacts, type OnSite } from './of_visit'
import { orderToCorrect } from './order'
import { onSiteRecord } from './record'
import { withVerification } from './verification'

export { renderHtml } from './html'
export { missingFor } from './of_visit'
export { readLaw } from '../law/section'
export type { Document, DocumentKind, OnSite }

/** `recordNumber` is named by an order; where no page checks codes, none is printed beside them. */
export async function documentOf(kind: DocumentKind, on: OnSite, number: string | null, recordNumber: string | null): Promise<Document> {
  return withVerification(made(kind, on, number, recordNumber), null)
}

function made(kind: DocumentKind, on: OnSite, number: string | null, recordNumber: string | null): Document {
  switch (kind) {
    case 'inspection_notice':
      return inspectionNotice(on.law, noticeFacts(on, number))
    case 'inspection_record':
      return onSiteRecord(on.law, recordFacts(on, number))
    case 'order_to_correct':
      return orderToCorrect(on.law, orderFacts(on, number, recordNumber))
  }
}
