/** Do audiences, page sizes and keys make sense? */

import type { Audience } from '../audiences.ts'
import type { GatewayForm } from '../form/gateway.ts'
import { meant } from '../form/phrases.ts'
import type { ApiKey } from '../gateway.ts'
import type { Report } from './report.ts'

/** All audiences, `public` first. */
export function audiencesOf(form: GatewayForm): ReadonlyMap<string, Audience> {
  const written = Object.entries(form.audiences).map(([name, { title, includes }]): [string, Audience] => [
    name,
    { name, ...(title && { title }), includes: name === 'public' ? [] : includes },
  ])
  return new Map([['public', { name: 'public', includes: [] }], ...written])
}

export function checkGateway(form: GatewayForm, report: Report): void {
  const names = ['public', ...Object.keys(form.audiences)]
  for (const [name, { includes }] of Object.entries(form.audiences)) {
    if (name === 'public' && includes.some(other => other !== 'public')) report('AUDIENCE_PUBLIC', ['audiences', name, 'includes'], {})
    for (const included of includes)
      if (!names.includes(included))
        report('AUDIENCE_UNKNOWN', ['audiences', name, 'includes'], { name: included, hint: meant(included, names) })
  }
  if (form.city.outside && !form.city.extent) report('OUTSIDE_WITHOUT_EXTENT', ['city', 'outside'], {})
  const { pageSize, defaultPageSize } = form.limits
  if (defaultPageSize > pageSize) report('PAGE_SIZES', ['limits', 'defaultPageSize'], { limit: pageSize })
}

export function checkKeys(
  keys: readonly Omit<ApiKey, 'expires'>[],
  audiences: ReadonlyMap<string, Audience> | undefined,
  report: Report,
): void {
  keys.forEach((key, index) => {
    if (audiences && !audiences.has(key.audience))
      report('AUDIENCE_UNKNOWN', ['keys', index, 'audience'], { name: key.audience, hint: meant(key.audience, [...audiences.keys()]) })
    if (keys.findIndex(other => other.name === key.name) < index) report('DUPLICATE_ENTRY', ['keys', index, 'name'], { entry: key.name })
  })
}
