/** Which trees stand at a city's streets, and how tall do they grow? */

import { pickWeighted } from './random.ts'

export interface Species {
  readonly german: string
  readonly botanical: string
  /** How often it stands at a street, against the others. */
  readonly weight: number
  readonly tallestMetres: number
}

const species: readonly Species[] = (
  [
    ['Spitzahorn', 'Acer platanoides', 14, 25],
    ['Winterlinde', 'Tilia cordata', 12, 26],
    ['Platane', 'Platanus × hispanica', 9, 30],
    ['Hainbuche', 'Carpinus betulus', 8, 20],
    ['Bergahorn', 'Acer pseudoplatanus', 7, 28],
    ['Feldahorn', 'Acer campestre', 7, 14],
    ['Stieleiche', 'Quercus robur', 6, 30],
    ['Rosskastanie', 'Aesculus hippocastanum', 5, 24],
    ['Esche', 'Fraxinus excelsior', 5, 30],
    ['Sommerlinde', 'Tilia platyphyllos', 4, 30],
    ['Silberlinde', 'Tilia tomentosa', 3, 25],
    ['Vogelkirsche', 'Prunus avium', 3, 18],
    ['Japanische Zierkirsche', 'Prunus serrulata', 3, 9],
    ['Sandbirke', 'Betula pendula', 3, 22],
    ['Baumhasel', 'Corylus colurna', 3, 18],
    ['Robinie', 'Robinia pseudoacacia', 3, 24],
    ['Apfelbaum', 'Malus domestica', 3, 8],
    ['Rotbuche', 'Fagus sylvatica', 2, 32],
    ['Mehlbeere', 'Sorbus aria', 2, 12],
    ['Gleditschie', 'Gleditsia triacanthos', 2, 20],
    ['Trauerweide', 'Salix × sepulcralis', 1, 18],
    ['Schwarzpappel', 'Populus nigra', 1, 30],
    ['Ginkgo', 'Ginkgo biloba', 1, 22],
    ['Amberbaum', 'Liquidambar styraciflua', 1, 20],
    ['Tulpenbaum', 'Liriodendron tulipifera', 1, 28],
    ['Walnuss', 'Juglans regia', 1, 20],
    ['Schwarzkiefer', 'Pinus nigra', 1, 26],
    ['Götterbaum', 'Ailanthus altissima', 0.5, 24],
    ['Mammutbaum', 'Sequoiadendron giganteum', 0.2, 40],
  ] as const
).map(([german, botanical, weight, tallestMetres]) => ({ german, botanical, weight, tallestMetres }))

/** A species by chance, the frequent ones more often. */
export const anySpecies = pickWeighted(
  species,
  species.map(({ weight }) => weight),
)
