/** The door of the demo city: Konstanz, with source systems of four kinds. */

export { type DemoCity, startDemoCity } from './city.ts'
export { type Showcase, showcase } from './queries.ts'
