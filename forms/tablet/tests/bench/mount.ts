/** Mounts the checklist screen over a desk of the bench, with what the shell of the app would hand it. */
import { createApp, h, shallowReactive } from 'vue'

import type { Law, ToCall } from '../../src/components/questions/surroundings'
import { entityLists, openForm, startOfModule } from '../../src/engine'
import ChecklistScreen from '../../src/screens/checklist/ChecklistScreen.vue'
import { answersKnown } from '../../src/screens/checklist/known'
import { Refused, type UnlockWith } from '../../src/tablet'
import type { Draft, Language, Officer, Venue } from '../../src/trade'
import { speakThrough } from '../../src/words'
import { deskOf } from './desk'

import '../../src/tokens.css'
import '../../src/base.css'

const OFFICERS: Officer[] = [
  { id: 1, login: 'a', name: '甲', certificateNo: 'SH-0001', certificateValidTo: '2029-12-31', agency: '示例文旅局' },
  { id: 2, login: 'b', name: '乙', certificateNo: 'SH-0002', certificateValidTo: '2029-12-31', agency: '示例文旅局' },
]
const VENUE: Venue = {
  id: 1, version: 1, name: '蓝星网吧', namePinyin: null, nameInitials: null, address: '示例路1弄2号', addressPinyin: null, addressInitials: null,
  areaCode: '310101', creditCode: null, establishedOn: null, position: [121.47, 31.23], accuracyM: 5, extentM: null, activities: ['internet_cafe'],
  licences: [{ activity: 'internet_cafe', number: '沪网文0001', issued: null, expires: null }],
}
const TO_CALL: ToCall = {
  onDuty: '021-00000002',
  offices: [
    { areaCode: '310101', kind: 'police_station', name: '示例路派出所（虚构）', phone: '021-00000003 转 8' },
    { areaCode: '310101', kind: 'civil_affairs', name: '示例区民政局（虚构）', phone: '021-00000004' },
  ],
  public: [
    { number: '110', name: ['报警', 'Police'], when: ['有危险', 'Danger'], citation: null },
    { number: '12345', name: ['未成年人保护热线', 'Hotline for minors'], when: ['举报、求助、咨询', 'Reports, help, advice'], citation: ['《示例条例》第六十七条', 'Example Regulations art. 67'] },
  ],
}
const INSTANCE = 'uuid:6f9619ff-8b86-4011-b42d-00c04fc964ff'

interface Asked { formXml: string; activity: string; title: string; maxPictureBytes?: number; law?: Record<string, Law> }

export async function mount({ formXml, activity, title, maxPictureBytes = 20 << 20, law = {} }: Asked) {
  const module = { instanceID: INSTANCE, formId: activity, formVersion: 'bench', activity, state: 'open' as const }
  const desk = await deskOf(module)
  const [first, second] = OFFICERS as [Officer, Officer]
  const look = shallowReactive<{ language: Language }>({ language: 'zh' })
  speakThrough(look)
  const given = {
    desk, module, first, maxPictureBytes,
    open: (draft: Draft | null) => openForm({
      xml: formXml, attachments: entityLists(VENUE, [], activity), stateFactory: shallowReactive, language: look.language,
      draft: draft ?? { xml: startOfModule({ formXml, instanceID: INSTANCE, startedAt: new Date().toISOString(), deviceId: 'tablet-1', earlier: null }), hidden: {} },
    }),
    known: answersKnown({ first, second, task: null, venueId: 1, arrival: null }),
    where: async () => ({ position: [121.4701, 31.2301] as const, altitudeM: null, accuracyM: 8.5, at: new Date().toISOString() }),
    whereQuietly: async () => null,
  }
  const around = {
    lawOf: (_clauses: readonly string[], duties: readonly string[]) => law[duties[0] ?? ''] ?? { clauses: [], howToCheck: [] },
    registered: VENUE.position,
    metresBetween: () => 15,
    toCall: TO_CALL,
    officers: OFFICERS,
    async confirm(officerId: number, how: UnlockWith) {
      const officer = OFFICERS.find((one) => one.id === officerId)
      if (!officer || !('password' in how) || how.password !== `secret-${officerId}`) throw new Refused('wrong_unlock', { left: 4 })
      return officer
    },
  }
  const begun = performance.now()
  createApp({
    render: () => h('main', [h('h1', title), h(ChecklistScreen, {
      given, around, language: look.language,
      onLanguage: (wanted: Language) => (look.language = wanted),
      onSigned: () => (document.body.dataset.signed = desk.signed.get(INSTANCE) ?? ''),
    })]),
  }).mount('#app')
  return { desk, begun, instanceID: INSTANCE }
}
