/**
 * Fills a form from the script that tests/tools/FillForm.java reads too, and answers each command as that does.
 * Of its own: reopen (kill and restore) | get PATH | remove PATH NUMBER | lang zh|en | label PATH | turns PATH | law PATH.
 */
import { shallowReactive } from 'vue'

import { openForm, type OpenForm, startOfModule } from '../../src/engine'

interface Filling { xml: string; attachments: Record<string, string>; script: string[]; draft?: string }

export async function fill({ xml, attachments, script, draft }: Filling) {
  const blank = { formXml: xml, instanceID: crypto.randomUUID(), startedAt: new Date().toISOString(), deviceId: 'tablet-1', earlier: null }
  const open = (from: { xml: string; hidden: Record<string, string> }) =>
    openForm({ xml, attachments, draft: from, stateFactory: shallowReactive, language: 'zh' })
  let form = await open({ xml: draft ?? startOfModule(blank), hidden: {} })
  const results: string[] = []
  for (const line of script) {
    if (line === 'reopen') form = await open({ xml: form.xml(), hidden: form.hidden() })
    results.push(line === 'reopen' ? 'OK' : answer(form, line.split('\t')))
  }
  const reopened = await open({ xml: form.xml(), hidden: form.hidden() })
  return { results, xml: form.xml(), reopened: reopened.xml(), hidden: form.hidden() }
}

function answer(form: OpenForm, [command, path = '', value = '']: string[]): string {
  const question = form.question(path) ?? form.question(path.replaceAll('[1]', ''))
  switch (command) {
    case 'set':
      if (!question?.relevant) return 'NOT IN FORM OR NOT RELEVANT'
      if (!question.set(value)) return 'NOT READ'
      return question.violation ? `${question.violation.word.toUpperCase()} VIOLATED` : 'OK'
    case 'put':
      form.put(path, value)
      return 'OK'
    case 'repeat':
      form.repeat(path)?.add()
      return 'OK'
    case 'remove': {
      const turn = form.repeat(path)?.turns[Number(value) - 1]
      if (turn) form.repeat(path)?.remove(turn)
      return turn ? 'OK' : 'NO SUCH TURN'
    }
    case 'rel':
      return String(question?.relevant ?? false)
    case 'get':
      return form.valueOf(path)
    case 'label':
      return question?.label ?? ''
    case 'law':
      return [...(question?.clauses ?? []), ...(question?.duties ?? [])].join(' ')
    case 'turns':
      return String(form.repeat(path)?.turns.length)
    case 'lang':
      form.speak(path === 'en' ? 'en' : 'zh')
      return 'OK'
    case 'validate':
      return form.problems()[0] ? `${form.problems()[0]?.word} ${form.problems()[0]?.path}` : 'OK'
    default:
      return 'ERROR no such command'
  }
}
