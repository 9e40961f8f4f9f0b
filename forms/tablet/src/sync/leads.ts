/** Sending a lead: its record first, its pictures after, each in one request; again is harmless. */
import { leadId } from '../outbox/states'
import { placeOf } from '../outbox/visits'
import type { AttachmentRow, ModuleRow } from '../store/schema'
import { openBlob, openText } from '../vault/hms1'
import { whole, type Ask } from './network'

export const leadAddress = (instanceID: string): string => `/tablet/leads/${leadId(instanceID)}`

export async function sendLead(ask: Ask, record: ModuleRow, file: AttachmentRow | null, key: CryptoKey): Promise<void> {
  const { instanceID, sealed, envelope } = record
  if (file !== null) {
    const body = await openBlob(key, file.sealed, placeOf(instanceID, file.name), 'application/octet-stream')
    await whole((await ask(`${leadAddress(instanceID)}/pictures/${file.name}`, { method: 'POST', body })).text())
    return
  }
  const said = { record: await openText(key, sealed, placeOf(instanceID, '')), signature: JSON.stringify(envelope) }
  const headers = { 'Content-Type': 'application/json' }
  await whole((await ask('/tablet/leads', { method: 'POST', headers, body: JSON.stringify(said) })).text())
}
