/** What does a source of kind `file`, and a dataset from it, have to say? */

import { z } from 'zod'

/** `connection:` of a source file. */
export const connection = z.strictObject({
  folder: z
    .string()
    .min(
      1,
      'Der Name des Ordners ist leer; liegen die Dateien neben der Konfiguration, entfällt "folder". | The name of the folder is empty; leave "folder" out when files lie beside the configuration.',
    )
    .optional()
    .describe('Folder that holds the files; relative to the folder of the configuration'),
})
export type FileConnection = z.output<typeof connection>

/** What stands beside `use:` in a dataset's `source:`. */
export const place = z.strictObject({
  path: z
    .string()
    .min(1, 'Erwartet wird der Name einer Datei, etwa einwohner.csv. | Expected the name of a file, such as einwohner.csv.')
    .refine(
      inside,
      'Ein Pfad beginnt im Ordner der Quelle und verlässt ihn nicht: ohne "/" am Anfang und ohne "..". | A path starts in the folder of the source and does not leave it: no leading "/" and no "..".',
    )
    .refine(
      path => !/\.gpkg$/i.test(path),
      'Ein GeoPackage ist eine Datenbank: die Quelle heißt "kind: sqlite", die Ebene "table". | A GeoPackage is a database: the source is "kind: sqlite", the layer its "table".',
    )
    .describe('The file, starting from the folder of the source'),
  format: z.enum(['csv', 'geojson', 'xlsx']).optional().describe('csv, geojson or xlsx; left out: told by the ending of the name'),
  sheet: z
    .union([z.string().min(1), z.int().min(1).max(1000)])
    .optional()
    .describe('For XLSX: name or number of the sheet; left out: the first'),
  header: z.int().min(1).max(1000).optional().describe('For XLSX: number of the row that holds the names of the columns; left out: 1'),
  delimiter: z.enum([';', ',', '\t', '|']).optional().describe('What stands between cells; left out: found in the first line'),
  encoding: z
    .enum(['utf-8', 'windows-1252', 'utf-16le'])
    .optional()
    .describe('Letters the file is written in: utf-8 (default), windows-1252 for old Windows and ISO 8859-1, utf-16le for "Unicode text"'),
  decimal: z.enum(['.', ',']).optional().describe('Decimal point of the numbers in a CSV; with "," a "." between digits is left out'),
  point: z
    .strictObject({ x: z.string().min(1), y: z.string().min(1) })
    .optional()
    .describe('Columns of a CSV or XLSX that hold easting (longitude) and northing (latitude); together they are the column "geometry"'),
})
export type FilePlace = z.output<typeof place>

function inside(path: string): boolean {
  return !/^([/\\]|[a-z]:)/i.test(path) && !path.split(/[/\\]/).includes('..')
}
