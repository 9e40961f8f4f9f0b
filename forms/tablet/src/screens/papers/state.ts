/** How a document stands, as a word with its tone. */
import type { IconName } from '../../components/icons'
import type { Paper } from '../../tablet'

export interface Standing { word: 'open' | 'handed' | 'spoilt'; tone: 'accent' | 'ok' | 'plain'; icon: IconName }

export function standingOf({ became }: Paper): Standing {
  if (became === null) return { word: 'open', tone: 'accent', icon: 'clock' }
  return 'how' in became ? { word: 'handed', tone: 'ok', icon: 'check' } : { word: 'spoilt', tone: 'plain', icon: 'close' }
}

export const isSpoilt = ({ became }: Paper): boolean => became !== null && 'because' in became
