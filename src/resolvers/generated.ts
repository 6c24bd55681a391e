import type { Geometry } from '../model/index.ts';
import type { GraphQLResolveInfo, GraphQLScalarType, GraphQLScalarTypeConfig } from 'graphql';
import type { View } from './view.ts';
import type { Asking } from './asking.ts';
export type Maybe<T> = T | null;
export type InputMaybe<T> = Maybe<T>;
export type RequireFields<T, K extends keyof T> = Omit<T, K> & { [P in K]-?: NonNullable<T[P]> };
/** All built-in and custom scalars, mapped to their actual values */
export type Scalars = {
  ID: { input: string; output: string; }
  String: { input: string; output: string; }
  Boolean: { input: boolean; output: boolean; }
  Int: { input: number; output: number; }
  Float: { input: number; output: number; }
  /** A whole number of any size, as text. Input: text or number. */
  BigInt: { input: string; output: string; }
  /** A calendar date, such as 2026-03-29. */
  Date: { input: string; output: string; }
  /** An instant with offset, such as 2026-07-01T12:00:00+02:00. Input: any offset, or Z. */
  DateTime: { input: string; output: string; }
  /** A decimal number as text, with every digit the source holds. Input: text or number. */
  Decimal: { input: string; output: string; }
  /** A GeoJSON geometry in WGS 84: longitude before latitude. */
  GeoJSON: { input: Geometry; output: Geometry; }
  /** A time of day on the wall clock, such as 07:30:00. */
  Time: { input: string; output: string; }
};

/** A box in degrees, WGS 84. */
export type BBox = {
  readonly east: Scalars['Float']['input'];
  readonly north: Scalars['Float']['input'];
  readonly south: Scalars['Float']['input'];
  readonly west: Scalars['Float']['input'];
};

/** Everything this gateway offers, and what it keeps closed. */
export type Catalog = {
  /** Your permission: the audience whose data you see. */
  readonly audience: Scalars['String']['output'];
  readonly city: Scalars['String']['output'];
  readonly datasets: ReadonlyArray<CatalogDataset>;
};


/** Everything this gateway offers, and what it keeps closed. */
export type CatalogDatasetsArgs = {
  search?: InputMaybe<Scalars['String']['input']>;
  theme?: InputMaybe<Scalars['String']['input']>;
};

export type CatalogAccess =
  /** The data-protection officer has not released it. */
  | 'NOT_APPROVED'
  /** You can query it now. */
  | 'OPEN'
  /** An API key for another audience opens it. */
  | 'OTHER_AUDIENCE';

/** One dataset in the catalogue. */
export type CatalogDataset = {
  readonly about?: Maybe<Translated>;
  readonly access: CatalogAccess;
  readonly attribution?: Maybe<Scalars['String']['output']>;
  readonly contact?: Maybe<Scalars['String']['output']>;
  readonly department: Scalars['String']['output'];
  /** What you may ask of it; empty unless open to you. */
  readonly fields: ReadonlyArray<CatalogField>;
  /** Answers may be so old when the source is well; seconds. */
  readonly freshForSeconds?: Maybe<Scalars['Int']['output']>;
  readonly id: Scalars['ID']['output'];
  /** Null unless open to you. */
  readonly licence?: Maybe<Scalars['String']['output']>;
  /** Name of the list in this schema. Null unless open to you. */
  readonly query?: Maybe<Scalars['String']['output']>;
  /** Declared links to other open datasets; empty unless open to you. */
  readonly relations: ReadonlyArray<CatalogRelation>;
  /** The source system it stays in. Null unless open to you. */
  readonly source?: Maybe<Scalars['String']['output']>;
  /** EU data themes, such as ENVI. */
  readonly themes: ReadonlyArray<Scalars['String']['output']>;
  readonly title: Translated;
  /** How often the department changes it, in its own word. */
  readonly updated?: Maybe<Scalars['String']['output']>;
};

export type CatalogField = {
  readonly about?: Maybe<Translated>;
  readonly name: Scalars['String']['output'];
  readonly title: Translated;
  readonly type: Scalars['String']['output'];
  readonly unit?: Maybe<Scalars['String']['output']>;
  readonly uses: ReadonlyArray<FieldUse>;
};

export type CatalogRelation = {
  readonly many: Scalars['Boolean']['output'];
  readonly name: Scalars['String']['output'];
  readonly title: Translated;
  readonly to: Scalars['String']['output'];
};

export type Direction =
  | 'ASC'
  | 'DESC';

export type FieldUse =
  | 'AGGREGATE'
  | 'FILTER'
  | 'GROUP'
  | 'READ'
  | 'SORT';

/** A circle around a place. */
export type Near = {
  readonly latitude: Scalars['Float']['input'];
  readonly longitude: Scalars['Float']['input'];
  /** Radius; more than 0, at most 100 000. */
  readonly metres: Scalars['Float']['input'];
};

/** Anything that has an id. */
export type Node = {
  /** Opaque, stable, and valid for callers with your permission only. */
  readonly id: Scalars['ID']['output'];
};

/** Where a page lies in its list. */
export type PageInfo = {
  /** Give it as `after` to read the page after this one. */
  readonly endCursor?: Maybe<Scalars['String']['output']>;
  readonly hasNextPage: Scalars['Boolean']['output'];
  readonly hasPreviousPage: Scalars['Boolean']['output'];
  /** Give it as `before` to read the page before this one. */
  readonly startCursor?: Maybe<Scalars['String']['output']>;
};

/** A place on Earth, WGS 84. */
export type Point = {
  readonly geojson: Scalars['GeoJSON']['output'];
  /** Degrees north of the equator. */
  readonly latitude: Scalars['Float']['output'];
  /** Degrees east of Greenwich. */
  readonly longitude: Scalars['Float']['output'];
};

export type Query = {
  /** What is there, where it comes from, who answers questions, and with which permission it can be had. */
  readonly catalog: Catalog;
  /** Looks any object up by its id. Null when there is none (any more). */
  readonly node?: Maybe<Node>;
};


export type QueryNodeArgs = {
  id: Scalars['ID']['input'];
};

/** The same words in German and English. */
export type Translated = {
  readonly de: Scalars['String']['output'];
  readonly en: Scalars['String']['output'];
};



export type ResolverTypeWrapper<T> = Promise<T> | T;


export type ResolverWithResolve<TResult, TParent, TContext, TArgs> = {
  resolve: ResolverFn<TResult, TParent, TContext, TArgs>;
};
export type Resolver<TResult, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>, TArgs = Record<PropertyKey, never>> = ResolverFn<TResult, TParent, TContext, TArgs> | ResolverWithResolve<TResult, TParent, TContext, TArgs>;

export type ResolverFn<TResult, TParent, TContext, TArgs> = (
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => Promise<TResult> | TResult;

export type SubscriptionSubscribeFn<TResult, TParent, TContext, TArgs> = (
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => AsyncIterable<TResult> | Promise<AsyncIterable<TResult>>;

export type SubscriptionResolveFn<TResult, TParent, TContext, TArgs> = (
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => TResult | Promise<TResult>;

export interface SubscriptionSubscriberObject<TResult, TKey extends string, TParent, TContext, TArgs> {
  subscribe: SubscriptionSubscribeFn<{ [key in TKey]: TResult }, TParent, TContext, TArgs>;
  resolve?: SubscriptionResolveFn<TResult, { [key in TKey]: TResult }, TContext, TArgs>;
}

export interface SubscriptionResolverObject<TResult, TParent, TContext, TArgs> {
  subscribe: SubscriptionSubscribeFn<any, TParent, TContext, TArgs>;
  resolve: SubscriptionResolveFn<TResult, any, TContext, TArgs>;
}

export type SubscriptionObject<TResult, TKey extends string, TParent, TContext, TArgs> =
  | SubscriptionSubscriberObject<TResult, TKey, TParent, TContext, TArgs>
  | SubscriptionResolverObject<TResult, TParent, TContext, TArgs>;

export type SubscriptionResolver<TResult, TKey extends string, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>, TArgs = Record<PropertyKey, never>> =
  | ((...args: any[]) => SubscriptionObject<TResult, TKey, TParent, TContext, TArgs>)
  | SubscriptionObject<TResult, TKey, TParent, TContext, TArgs>;

export type TypeResolveFn<TTypes, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>> = (
  parent: TParent,
  context: TContext,
  info: GraphQLResolveInfo
) => Maybe<TTypes> | Promise<Maybe<TTypes>>;

export type IsTypeOfResolverFn<T = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>> = (obj: T, context: TContext, info: GraphQLResolveInfo) => boolean | Promise<boolean>;

export type NextResolverFn<T> = () => Promise<T>;

export type DirectiveResolverFn<TResult = Record<PropertyKey, never>, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>, TArgs = Record<PropertyKey, never>> = (
  next: NextResolverFn<TResult>,
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => TResult | Promise<TResult>;





/** Mapping between all available schema types and the resolvers types */
export type ResolversTypes = {
  BBox: BBox;
  BigInt: ResolverTypeWrapper<Scalars['BigInt']['output']>;
  Boolean: ResolverTypeWrapper<Scalars['Boolean']['output']>;
  Catalog: ResolverTypeWrapper<Catalog>;
  CatalogAccess: CatalogAccess;
  CatalogDataset: ResolverTypeWrapper<CatalogDataset>;
  CatalogField: ResolverTypeWrapper<CatalogField>;
  CatalogRelation: ResolverTypeWrapper<CatalogRelation>;
  Date: ResolverTypeWrapper<Scalars['Date']['output']>;
  DateTime: ResolverTypeWrapper<Scalars['DateTime']['output']>;
  Decimal: ResolverTypeWrapper<Scalars['Decimal']['output']>;
  Direction: Direction;
  FieldUse: FieldUse;
  Float: ResolverTypeWrapper<Scalars['Float']['output']>;
  GeoJSON: ResolverTypeWrapper<Scalars['GeoJSON']['output']>;
  ID: ResolverTypeWrapper<Scalars['ID']['output']>;
  Int: ResolverTypeWrapper<Scalars['Int']['output']>;
  Near: Near;
  Node: ResolverTypeWrapper<View>;
  PageInfo: ResolverTypeWrapper<PageInfo>;
  Point: ResolverTypeWrapper<Point>;
  Query: ResolverTypeWrapper<Record<PropertyKey, never>>;
  String: ResolverTypeWrapper<Scalars['String']['output']>;
  Time: ResolverTypeWrapper<Scalars['Time']['output']>;
  Translated: ResolverTypeWrapper<Translated>;
};

/** Mapping between all available schema types and the resolvers parents */
export type ResolversParentTypes = {
  BBox: BBox;
  BigInt: Scalars['BigInt']['output'];
  Boolean: Scalars['Boolean']['output'];
  Catalog: Catalog;
  CatalogDataset: CatalogDataset;
  CatalogField: CatalogField;
  CatalogRelation: CatalogRelation;
  Date: Scalars['Date']['output'];
  DateTime: Scalars['DateTime']['output'];
  Decimal: Scalars['Decimal']['output'];
  Float: Scalars['Float']['output'];
  GeoJSON: Scalars['GeoJSON']['output'];
  ID: Scalars['ID']['output'];
  Int: Scalars['Int']['output'];
  Near: Near;
  Node: View;
  PageInfo: PageInfo;
  Point: Point;
  Query: Record<PropertyKey, never>;
  String: Scalars['String']['output'];
  Time: Scalars['Time']['output'];
  Translated: Translated;
};

export interface BigIntScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['BigInt'], any> {
  name: 'BigInt';
}

export type CatalogResolvers<ContextType = Asking, ParentType extends ResolversParentTypes['Catalog'] = ResolversParentTypes['Catalog']> = {
  audience?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  city?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  datasets?: Resolver<ReadonlyArray<ResolversTypes['CatalogDataset']>, ParentType, ContextType, Partial<CatalogDatasetsArgs>>;
};

export type CatalogDatasetResolvers<ContextType = Asking, ParentType extends ResolversParentTypes['CatalogDataset'] = ResolversParentTypes['CatalogDataset']> = {
  about?: Resolver<Maybe<ResolversTypes['Translated']>, ParentType, ContextType>;
  access?: Resolver<ResolversTypes['CatalogAccess'], ParentType, ContextType>;
  attribution?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  contact?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  department?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  fields?: Resolver<ReadonlyArray<ResolversTypes['CatalogField']>, ParentType, ContextType>;
  freshForSeconds?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  licence?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  query?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  relations?: Resolver<ReadonlyArray<ResolversTypes['CatalogRelation']>, ParentType, ContextType>;
  source?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  themes?: Resolver<ReadonlyArray<ResolversTypes['String']>, ParentType, ContextType>;
  title?: Resolver<ResolversTypes['Translated'], ParentType, ContextType>;
  updated?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type CatalogFieldResolvers<ContextType = Asking, ParentType extends ResolversParentTypes['CatalogField'] = ResolversParentTypes['CatalogField']> = {
  about?: Resolver<Maybe<ResolversTypes['Translated']>, ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  title?: Resolver<ResolversTypes['Translated'], ParentType, ContextType>;
  type?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  unit?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  uses?: Resolver<ReadonlyArray<ResolversTypes['FieldUse']>, ParentType, ContextType>;
};

export type CatalogRelationResolvers<ContextType = Asking, ParentType extends ResolversParentTypes['CatalogRelation'] = ResolversParentTypes['CatalogRelation']> = {
  many?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  title?: Resolver<ResolversTypes['Translated'], ParentType, ContextType>;
  to?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export interface DateScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['Date'], any> {
  name: 'Date';
}

export interface DateTimeScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['DateTime'], any> {
  name: 'DateTime';
}

export interface DecimalScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['Decimal'], any> {
  name: 'Decimal';
}

export interface GeoJsonScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['GeoJSON'], any> {
  name: 'GeoJSON';
}

export type NodeResolvers<ContextType = Asking, ParentType extends ResolversParentTypes['Node'] = ResolversParentTypes['Node']> = {
  __resolveType: TypeResolveFn<null, ParentType, ContextType>;
};

export type PageInfoResolvers<ContextType = Asking, ParentType extends ResolversParentTypes['PageInfo'] = ResolversParentTypes['PageInfo']> = {
  endCursor?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  hasNextPage?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  hasPreviousPage?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  startCursor?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type PointResolvers<ContextType = Asking, ParentType extends ResolversParentTypes['Point'] = ResolversParentTypes['Point']> = {
  geojson?: Resolver<ResolversTypes['GeoJSON'], ParentType, ContextType>;
  latitude?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  longitude?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
};

export type QueryResolvers<ContextType = Asking, ParentType extends ResolversParentTypes['Query'] = ResolversParentTypes['Query']> = {
  catalog?: Resolver<ResolversTypes['Catalog'], ParentType, ContextType>;
  node?: Resolver<Maybe<ResolversTypes['Node']>, ParentType, ContextType, RequireFields<QueryNodeArgs, 'id'>>;
};

export interface TimeScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['Time'], any> {
  name: 'Time';
}

export type TranslatedResolvers<ContextType = Asking, ParentType extends ResolversParentTypes['Translated'] = ResolversParentTypes['Translated']> = {
  de?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  en?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type Resolvers<ContextType = Asking> = {
  BigInt?: GraphQLScalarType;
  Catalog?: CatalogResolvers<ContextType>;
  CatalogDataset?: CatalogDatasetResolvers<ContextType>;
  CatalogField?: CatalogFieldResolvers<ContextType>;
  CatalogRelation?: CatalogRelationResolvers<ContextType>;
  Date?: GraphQLScalarType;
  DateTime?: GraphQLScalarType;
  Decimal?: GraphQLScalarType;
  GeoJSON?: GraphQLScalarType;
  Node?: NodeResolvers<ContextType>;
  PageInfo?: PageInfoResolvers<ContextType>;
  Point?: PointResolvers<ContextType>;
  Query?: QueryResolvers<ContextType>;
  Time?: GraphQLScalarType;
  Translated?: TranslatedResolvers<ContextType>;
};

