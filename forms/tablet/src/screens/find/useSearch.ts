/** The search over the venues that are carried, made once for each register and kept while the tablet is open. */
import type { Search } from '../../tools'
import { useTablet, useTools } from '../useTablet'

const made = new WeakMap<object, Promise<Search>>()

export function useSearch(): Promise<Search> {
  const { venues } = useTablet().register()
  const known = made.get(venues)
  if (known) return known
  const search = useTools().makeSearch([...venues.values()])
  made.set(venues, search)
  return search
}
