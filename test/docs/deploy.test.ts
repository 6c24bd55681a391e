/** Do the files in deploy/ name what the code has? No container and no cluster runs them here: this is what can be known without. */

import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { mkdir, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { parse, parseAllDocuments } from 'yaml'
import { readCity } from '../../src/app.ts'
import { program } from '../../src/cli/program.ts'
import { createMetrics } from '../../src/http/index.ts'
import { startCity, writeFolder } from '../support/city.ts'
import { root, textOf } from './markdown.ts'

interface Container {
  readonly args?: readonly string[]
  readonly ports: readonly { readonly name: string; readonly containerPort: number }[]
  readonly securityContext: object
  readonly [probe: `${string}Probe`]: { readonly httpGet?: { readonly path: string; readonly port: string } }
}

interface Manifest {
  readonly kind: string
  readonly metadata: { readonly name: string }
  readonly data: Readonly<Record<string, string>>
  readonly spec: {
    readonly replicas: number
    readonly selector: Readonly<Record<string, string>>
    readonly ports: readonly { readonly targetPort: string }[]
    readonly template: {
      readonly metadata: { readonly labels: object; readonly annotations: Readonly<Record<string, string>> }
      readonly spec: {
        readonly terminationGracePeriodSeconds: number
        readonly securityContext: object
        readonly containers: readonly Container[]
        readonly volumes: readonly { readonly name: string; readonly configMap?: { readonly items: readonly { readonly key: string }[] } }[]
      }
    }
  }
}

interface Service {
  readonly command: readonly string[]
  readonly read_only: boolean
  readonly user: string
  readonly ports?: readonly string[]
  readonly volumes?: readonly string[]
  readonly secrets?: readonly string[]
  readonly stop_grace_period?: string
  readonly healthcheck: { readonly test: readonly string[] }
  readonly deploy: { readonly resources: { readonly limits: object } }
}

const image = textOf('deploy/Dockerfile')
const compose = parse(textOf('deploy/compose.yml'), { merge: true }) as {
  readonly services: Readonly<Record<string, Service>>
  readonly secrets: Readonly<Record<string, unknown>>
}
const manifests = parseAllDocuments(textOf('deploy/kubernetes.yml')).map(document => {
  expect(document.errors).toEqual([])
  return document.toJS() as Manifest
})
const manifest = (kind: string, name: string) => manifests.find(one => one.kind === kind && one.metadata.name === name)!
const deployment = manifest('Deployment', 'stadttor').spec
const pod = deployment.template.spec
const gateways = Object.entries(compose.services).filter(([name]) => name.startsWith('gateway'))

/** What both ways of running it write into gateway.yml. */
const configurations = [
  ['compose', textOf('deploy/config/gateway.yml')],
  ['Kubernetes', manifest('ConfigMap', 'stadttor').data['gateway.yml']!],
] as const

/** A folder as the containers see it, with the secret where they find it. */
async function folderOf(configuration: string): Promise<string> {
  const folder = await writeFolder({})
  await mkdir(join(folder, 'secrets'))
  await writeFile(join(folder, 'secrets/stadttor_secret'), '0123456789abcdef0123456789abcdef')
  await writeFile(join(folder, 'gateway.yml'), configuration.replaceAll('/run/secrets', join(folder, 'secrets')))
  return folder
}

test.each(configurations)(
  'gateway.yml for %s is sound, listens where the containers say, and reaches Redis by its name there',
  async (where, text) => {
    const read = await readCity(await folderOf(text), { env: {} })
    if (!read.ok) throw new Error(JSON.stringify(read.mistakes))
    const { server, metrics, cache, secret } = read.gateway
    expect([server.host, secret]).toEqual(['0.0.0.0', '0123456789abcdef0123456789abcdef'])
    expect(pod.containers[0]!.ports).toEqual([
      { name: 'http', containerPort: server.port },
      { name: 'metrics', containerPort: metrics!.port },
    ])
    expect(image).toContain(`\nEXPOSE ${server.port} ${metrics!.port}\n`)
    for (const [, { ports }] of gateways) expect(ports!.map(port => port.split(':').at(-1))).toEqual([String(server.port)])
    const { hostname } = new URL(cache.redis!)
    expect(
      where === 'compose'
        ? Object.keys(compose.services)
        : manifests.filter(({ kind }) => kind === 'Service').map(one => one.metadata.name),
    ).toContain(hostname)
  },
)

test('every path that is asked for health answers, and so do the metrics', async () => {
  const probes = Object.entries(pod.containers[0]!).flatMap(([name, probe]) =>
    name.endsWith('Probe') ? [(probe as Container['xProbe']).httpGet!] : [],
  )
  const asked = [image, JSON.stringify(compose.services)].flatMap(text =>
    [...text.matchAll(/127\.0\.0\.1:4000(\/\w+)/g)].map(match => match[1]!),
  )
  const paths = new Set([...probes.map(({ path }) => path), ...asked])
  expect([...paths].sort()).toEqual(['/healthz', '/readyz'])
  expect(new Set(probes.map(({ port }) => port))).toEqual(new Set(['http']))
  const city = await startCity(await folderOf(configurations[0][1]))
  try {
    for (const path of paths) expect((await fetch(`${city.url}${path}`)).status).toBe(200)
    const scraped = deployment.template.metadata.annotations['prometheus.io/path']!
    expect(new URL(city.running.metricsUrl!).pathname).toBe(scraped)
  } finally {
    await city.stop()
  }
})

test('two gateways run without root, without a writable root, within limits, and have time to end', () => {
  expect(deployment.replicas).toBe(2)
  expect(pod.terminationGracePeriodSeconds).toBeGreaterThanOrEqual(25)
  for (const { kind, spec } of manifests.filter(({ kind }) => kind === 'Deployment')) {
    expect([kind, spec.template.spec.securityContext]).toEqual(['Deployment', expect.objectContaining({ runAsNonRoot: true })])
    for (const container of spec.template.spec.containers)
      expect(container).toMatchObject({
        resources: { limits: { cpu: expect.anything(), memory: expect.anything() } },
        securityContext: { readOnlyRootFilesystem: true, allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } },
      })
  }
  expect(gateways).toHaveLength(2)
  for (const service of Object.values(compose.services)) {
    expect(service).toMatchObject({ read_only: true, cap_drop: ['ALL'], security_opt: ['no-new-privileges:true'] })
    expect(service.user).not.toMatch(/^(0|root)/)
    expect(service.deploy.resources.limits).toMatchObject({ cpus: expect.anything(), memory: expect.anything() })
    expect(service.healthcheck.test[0]).toBe('CMD')
  }
  for (const [, { stop_grace_period, secrets }] of gateways) {
    expect(Number.parseInt(stop_grace_period!, 10)).toBeGreaterThanOrEqual(25)
    for (const secret of secrets!) expect(compose.secrets).toHaveProperty(secret)
  }
})

test('services lead to containers that are there', () => {
  for (const { spec } of manifests.filter(({ kind }) => kind === 'Service')) {
    const target = manifests.find(one => one.kind === 'Deployment' && one.metadata.name === spec.selector.app)!.spec.template
    expect(target.metadata.labels).toEqual(spec.selector)
    const names = target.spec.containers.flatMap(({ ports }) => ports.map(({ name }) => name))
    for (const { targetPort } of spec.ports) expect(names).toContain(targetPort)
  }
  const { items } = pod.volumes.find(({ name }) => name === 'config')!.configMap!
  expect(items.map(({ key }) => key)).toEqual(Object.keys(manifest('ConfigMap', 'stadttor').data))
})

test('the image is made of what is there, under the Node.js that the project is tried with', () => {
  const copied = [...image.matchAll(/^COPY (?!--from)(.+) \S+$/gm)].flatMap(match => match[1]!.split(' '))
  expect(copied.filter(path => !existsSync(resolve(root, path)))).toEqual([])
  expect(copied.filter(path => !textOf('.dockerignore').includes(`\n!${path}\n`))).toEqual([])
  const [major] = /\d+/.exec(JSON.parse(textOf('package.json')).devDependencies.node)!
  expect(new Set([...image.matchAll(/^FROM node:(\d+)-/gm)].map(match => match[1]))).toEqual(new Set([major]))
  expect(image).toMatch(/^USER [1-9]\d*$/m)
  const [, entry] = /^ENTRYPOINT \["node", (?:"--[^"]+", )*"([^"]+)"\]$/m.exec(image)!
  expect(copied.some(path => entry!.startsWith(`${path}/`))).toBe(true)
})

test('what the image runs while it is built opens the gateway, and leaves it compiled', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'stadttor-compiled-'))
  const building = spawn(process.execPath, ['deploy/compile.js'], { cwd: root, env: { ...process.env, NODE_COMPILE_CACHE: folder } })
  expect((await once(building, 'exit'))[0]).toBe(0)
  expect(readdirSync(folder, { recursive: true }).length).toBeGreaterThan(1_000)
  rmSync(folder, { recursive: true })
}, 90_000)

test('containers are started with a command and options that exist', () => {
  const serve = program.commands.find(command => command.name() === 'serve')!
  const options = serve.options.map(({ long }) => long)
  const lines = [JSON.parse(/^CMD (.+)$/m.exec(image)![1]!), pod.containers[0]!.args, ...gateways.map(([, { command }]) => command)]
  for (const [command, ...args] of lines as string[][]) {
    expect(command).toBe('serve')
    expect(args.filter(arg => arg.startsWith('--') && !options.includes(arg))).toEqual([])
  }
})

test('the dashboard asks for numbers that there are, and leaves out none of ours', async () => {
  const { panels } = JSON.parse(textOf('deploy/grafana.json')) as { panels: { title: string; targets: { expr: string }[] }[] }
  const kinds = new Map([...(await (await createMetrics()).text()).matchAll(/^# TYPE (\w+) (\w+)$/gm)].map(match => [match[1]!, match[2]!]))
  const asked = panels.flatMap(({ targets }) => targets.flatMap(({ expr }) => expr.match(/\b(stadttor|nodejs|process)_\w+/g) ?? []))
  const unknown = asked.filter(name => !kinds.has(name) && kinds.get(name.replace(/_(bucket|sum|count)$/, '')) !== 'histogram')
  expect(unknown).toEqual([])
  const own = [...kinds.keys()].filter(name => name.startsWith('stadttor_'))
  expect(own.filter(name => !asked.some(one => one.startsWith(name)))).toEqual([])
  const told = textOf('docs/how-to/operate.md')
  expect(own.filter(name => !told.includes(`\`${name}\``))).toEqual([])
})
