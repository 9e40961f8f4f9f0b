/** What documents are made from: every module of a visit as far as it is filled in, venue, task, officers and law. */
import type { OnSite } from '../../documents'
import type { Tablet, VisitDesk } from '../../tablet'
import type { Tools } from '../../tools'
import type { Module } from '../../trade'

type Documents = Awaited<ReturnType<Tools['documents']>>

export interface PaperDesk { desk: VisitDesk; documents: Documents; on: OnSite; signatures: Record<string, string> }

/** Throws Refused where the visit is not here or is another officer's. */
export async function openPapers(tablet: Tablet, tools: Tools, visitId: string): Promise<PaperDesk> {
  const [desk, documents, officers] = await Promise.all([tablet.desk(visitId), tools.documents(), tablet.officers()])
  const { venues, tasks, law, contact, visitsThisYear } = tablet.register()
  const { visit } = desk
  const filled = await Promise.all(visit.modules.map((module) => filledIn(tablet, desk, module)))
  const on: OnSite = {
    modules: filled.map(({ module }) => module),
    venue: venues.get(visit.venueId ?? -1) ?? null,
    task: tasks.find((one) => one.id === visit.taskId) ?? null,
    officers: [visit.officerId, visit.secondOfficerId].flatMap((id) => officers.find((one) => one.id === id) ?? []),
    contact,
    visitsThisYear: visit.venueId === null ? null : visitsThisYear(visit.venueId),
    law: documents.readLaw(law),
    startedAt: visit.startedAt,
    now: new Date().toISOString(),
  }
  return { desk, documents, on, signatures: Object.assign({}, ...filled.map(({ signatures }) => signatures)) as Record<string, string> }
}

async function filledIn(tablet: Tablet, desk: VisitDesk, { instanceID, formId, formVersion, activity }: Module) {
  const { answersOf } = await import('../../engine')
  const [formXml, kept] = await Promise.all([tablet.formXml(formId, formVersion), desk.filled(instanceID)])
  const module = { activity, answers: answersOf(formXml, kept?.xml ?? null), files: kept?.files ?? [] }
  return { module, signatures: kept?.signatures ?? {} }
}

/** Only the pictures that the document shows go with it. */
export function picturesOf(document: { blocks: OnSiteBlocks }, signatures: Record<string, string>): Record<string, string> {
  const named = document.blocks.flatMap((block) => (block.kind === 'signature' && block.image !== null ? [block.image] : []))
  return Object.fromEntries(named.flatMap((name) => (signatures[name] ? [[name, signatures[name]]] : [])))
}

type OnSiteBlocks = Awaited<ReturnType<Documents['documentOf']>>['blocks']
