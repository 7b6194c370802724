import { defineConfig, tableConfig } from 'vitrine'
import { director, movie } from './schema.ts'
import { readSettings } from './settings.ts'
import { createStorages } from './storages.ts'

/**
 * The demo for the `vitrine` command, with the same settings from the environment:
 * `node dist/cli.js doctor --config examples/movies/vitrine.config.ts`. With a bucket, `S3_COLUMNS=none` leaves the files
 * in their folders, to be copied by `media copy movie.poster --to poster`.
 */
const settings = readSettings(process.env, [])
const { poster, screenshots, trailer, soundtrack, pressKit, boxOfficeData, photo } = createStorages(settings)
const { dataFolder, bucket } = settings

export default defineConfig({
  tables: [
    tableConfig({ table: movie, mediaStorage: [poster, screenshots, trailer, soundtrack, pressKit, boxOfficeData] }),
    tableConfig({ table: director, mediaStorage: [photo] }),
  ],
  storages: bucket === null ? {} : { ...createStorages({ dataFolder, bucket: { ...bucket, columns: null } }) },
})
