/** The door of the cache: an answer is computed once and remembered for a while, in memory and, when configured, in Redis. */

export { type CacheEvent, type CacheOptions, memoryCache, openCache, type Purged, purgeRedis } from './open.ts'
