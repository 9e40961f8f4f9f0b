/** Opens the tablet: keys, database and network behind one door. */
import { Refused, type Tablet } from './tablet'

export function openTablet(): Tablet {
  throw new Refused('not_built')
}
