/** Documents by chance. */

import {
  type GraphQLArgument,
  type GraphQLNamedType,
  type GraphQLObjectType,
  type GraphQLSchema,
  getNamedType,
  isEnumType,
  isLeafType,
  isObjectType,
} from 'graphql'

export type Draw = <T>(...choices: readonly T[]) => T

/**
 * A document about everything that `graph` has but `node` and the catalogue, with fragments, aliases and directives. Its variables are
 * some of `on`, `off`, `size` and `id`; it may be invalid.
 */
export function documentByChance(graph: GraphQLSchema, draw: Draw): string {
  return new Document(graph, draw).text()
}

class Document {
  readonly #graph: GraphQLSchema
  readonly #draw: Draw
  readonly #fragments: string[] = []
  #aliases = 0

  constructor(graph: GraphQLSchema, draw: Draw) {
    this.#graph = graph
    this.#draw = draw
  }

  text(): string {
    const query = this.#graph.getQueryType()!
    const fields = Object.keys(query.getFields()).filter(name => name !== 'node' && name !== 'catalog')
    const roots = Array.from({ length: this.#draw(1, 1, 2) }, () => this.#field(query, this.#draw(...fields), 4))
    const text = [`{ ${roots.join(' ')} }`, ...this.#fragments].join('\n')
    const declared = ['$on: Boolean!', '$off: Boolean = false', '$size: Int', '$id: ID!'].filter(one => text.includes(one.split(':')[0]!))
    return declared.length > 0 ? `query (${declared.join(', ')}) ${text}` : text
  }

  #selection(type: GraphQLObjectType, depth: number): string {
    const all = Object.values(type.getFields())
    const possible = all.filter(field => depth > 0 || isLeafType(getNamedType(field.type))).map(({ name }) => name)
    const names = Array.from({ length: this.#draw(1, 2, 3, 4) }, () => this.#draw('__typename', ...possible, ...possible))
    const parts = names.map(name => this.#fragmented(type, this.#field(type, name, depth)))
    return `{ ${parts.join(' ')} }`
  }

  #fragmented(type: GraphQLObjectType, field: string): string {
    switch (this.#draw('plain', 'plain', 'plain', 'inline', 'typed', 'named', 'interface', 'other')) {
      case 'inline':
        return `... ${this.#directive()} { ${field} }`
      case 'typed':
        return `... on ${type.name} { ${field} }`
      case 'named': {
        const name = `f${this.#fragments.length}`
        this.#fragments.push(`fragment ${name} on ${type.name} { ${field} }`)
        return `...${name} ${this.#directive()}`
      }
      case 'interface':
        return type.getInterfaces().length > 0 ? `... on Node { id __typename } ${field}` : field
      case 'other':
        return type.getInterfaces().length > 0 ? `... on Node { ... on Kontrolle { datum } } ${field}` : field
      default:
        return field
    }
  }

  #field(type: GraphQLObjectType, name: string, depth: number): string {
    if (name === '__typename') return this.#draw('__typename', 'art: __typename', `a${this.#aliases++}: __typename`)
    const field = type.getFields()[name]!
    const named = getNamedType(field.type)
    const given = field.args.flatMap(argument => this.#argument(argument)).join(', ')
    // Fields with arguments get a name of their own, or they could not stand beside one another.
    const alias = given || this.#draw(true, false, false, false) ? `a${this.#aliases++}: ` : ''
    const below = isObjectType(named) ? ` ${this.#selection(named, depth - 1)}` : ''
    return `${alias}${name}${given && `(${given})`} ${this.#directive()}${below}`
  }

  #directive(): string {
    return this.#draw('', '', '', '', '@include(if: $on)', '@skip(if: $on)', '@skip(if: $off)', '@include(if: true)', '@skip(if: true)')
  }

  #argument({ name, type }: GraphQLArgument): string[] {
    const some = (...values: readonly string[]) => this.#draw([], [], ...values.map(value => [`${name}: ${value}`]))
    switch (name) {
      case 'id':
        return ['id: $id']
      case 'first':
        return some('0', '1', '3', '100', '-1', '$size')
      case 'last':
        return this.#draw([], [], [], some('0', '2', '$size'))
      case 'after':
        return this.#draw([], [], [], [], some('"nonsense"'))
      case 'orderBy':
        return some(`[{ ${this.#orderable(getNamedType(type))}: DESC }]`)
      case 'groupBy': {
        const named = getNamedType(type)
        return isEnumType(named) ? some(`[${this.#draw(...named.getValues().map(value => value.name))}]`) : []
      }
      case 'filter':
        return some('{}', '{ not: {} }', '{ not: {}, and: [{}] }', '{ or: [] }')
      default:
        return []
    }
  }

  #orderable(type: GraphQLNamedType): string {
    return 'getFields' in type ? this.#draw(...Object.keys(type.getFields())) : ''
  }
}
