/** The sections of a package, unpacked for the bench as the app unpacks them. */
import type { Columns } from '../../../src/packages/apply'
import { sitesOf, venuesOf } from '../../../src/packages/unpack'
import type { FormInfo, Site, Venue } from '../../../src/trade'

export interface Unpacked { venues: Map<number, Venue>; sites: Map<number, Site>; law: unknown; forms: FormInfo[] }

export function readPackage(packed: unknown): Unpacked {
  const { venues, sites, law, forms } = packed as { venues: Columns; sites: Columns; law: unknown; forms: FormInfo[] }
  return { venues: venuesOf({ rows: venues }), sites: sitesOf({ rows: sites }), law, forms }
}
