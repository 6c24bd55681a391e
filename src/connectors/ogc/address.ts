/** Which service and which collection does an address mean? Pure. */

/** What stands behind a landing page; `/api` does as well, and is too often the landing page itself. */
const paths = /\/(?:collections(?:\/[^/]*(?:\/.*)?)?|conformance)\/?$/

/**
 * The address of the landing page behind any address of the service; parameters of the service itself, such as `?map=…`, stay, and
 * what asks for something does not.
 *
 * @param url absolute
 * @example
 *   landingOf('https://geo.stadt.example/ogc/collections/baeume/items?f=html&limit=10')  // → 'https://geo.stadt.example/ogc'
 *   landingOf('https://geo.stadt.example/ogc/?f=html')                                   // → 'https://geo.stadt.example/ogc'
 *   landingOf('https://geo.stadt.example/ogc?mandant=7')                                 // → 'https://geo.stadt.example/ogc?mandant=7'
 */
export function landingOf(url: string): string {
  const found = new URL(url)
  const path = found.pathname.replace(paths, '')
  // Behind a path of the standard stand parameters of a question, and nobody can tell a filter from a setting.
  if (path !== found.pathname) found.search = ''
  found.searchParams.delete('f')
  found.hash = ''
  found.pathname = path.replace(/\/+$/, '')
  return found.pathname === '/' ? found.href.replace(/\/(?=$|\?)/, '') : found.href
}

/**
 * The collection that an address is about; undefined when it is about none.
 *
 * @example
 *   collectionIn('https://geo.stadt.example/ogc/collections/b%C3%A4ume/items?limit=10')  // → 'bäume'
 *   collectionIn('https://geo.stadt.example/ogc/collections')                            // → undefined
 */
export function collectionIn(url: string): string | undefined {
  const name = /\/collections\/([^/?#]+)/.exec(url)?.[1]
  return name === undefined ? undefined : decoded(name)
}

/**
 * The address of a resource of the service.
 *
 * @param landing    as `landingOf` gives it
 * @param path       names, not yet escaped
 * @param parameters added to those that the landing page has
 * @example
 *   resource('https://geo.example/ogc?map=7', ['collections', 'bäume'], { limit: '1' })  // → 'https://geo.example/ogc/collections/b%C3%A4ume?map=7&limit=1'
 */
export function resource(landing: string, path: readonly string[], parameters: Readonly<Record<string, string>> = {}): string {
  const url = new URL(landing)
  url.pathname = [url.pathname.replace(/\/+$/, ''), ...path.map(encodeURIComponent)].join('/')
  const query = Object.entries(parameters).map(([name, value]) => `${encodeURIComponent(name)}=${written(value)}`)
  const own = url.search.slice(1)
  url.search = [...(own ? [own] : []), ...query].join('&')
  return url.href
}

/** Commas and a few other signs may stand in a query as they are (RFC 3986, 3.4), which keeps long lists short. */
function written(value: string): string {
  return encodeURIComponent(value).replace(/%(2C|3A|2F|40)/g, decodeURIComponent)
}

function decoded(name: string): string {
  try {
    return decodeURIComponent(name)
  } catch {
    return name
  }
}
