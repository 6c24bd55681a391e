/** How is a reference system spelled for a WFS? */

import { type Srs, srsOf } from '../features/axes.ts'
import { crsOf } from '../geo/index.ts'
import type { WfsConnection } from './options.ts'

/**
 * How a reference system is asked for.
 *
 * @param crs as the dataset spells it
 */
export function askedSrs(crs: string, { srsName }: Pick<WfsConnection, 'srsName'>, axes?: 'xy' | 'yx'): Srs | undefined {
  const short = crsOf(crs)
  return short === undefined ? undefined : srsOf(srsName === 'urn' ? `urn:ogc:def:crs:EPSG::${short.slice('EPSG:'.length)}` : short, axes)
}
