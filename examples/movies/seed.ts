import { openAsBlob } from 'node:fs'
import { join } from 'node:path'
import type { Database } from 'vitrine'
import type { MediaStorage } from 'vitrine/storage'
import { directors, type Movie as Film, movies as films, studios } from './movies.ts'
import { director, movie, studio } from './schema.ts'
import type { Storages } from './storages.ts'

const mediaFolder = join(import.meta.dirname, 'media')

/** Fills an empty database with movies and their media, all or none; leaves a database with movies as it is. */
export async function seed(db: Database, storages: Storages): Promise<void> {
  const [first] = await db.select({ id: movie.id }).from(movie).limit(1)
  if (first !== undefined) return
  console.log('Preparing the sample films ...')
  await db.transaction((transaction) => seedAll(transaction, storages))
}

/** What a transaction and the database itself both can. */
type Inserts = Pick<Database, 'insert'>

async function seedAll(db: Inserts, storages: Storages): Promise<void> {
  const directorIds = await seedDirectors(db, storages)
  const studioIds = await seedStudios(db)
  for (const film of films) {
    await db.insert(movie).values({
      ...describe(film),
      ...(await storeMedia(film, storages)),
      director: directorIds.get(film.director) ?? null,
      studio: studioIds.get(film.studio) ?? null,
    })
  }
}

/** Deletes every file of the demo. */
export async function removeAllFiles(storages: Storages): Promise<void> {
  for (const storage of Object.values(storages)) {
    for await (const key of storage.getFileKeys()) await storage.deleteFile(key)
  }
}

async function seedDirectors(db: Inserts, { photo }: Storages): Promise<Map<string, number>> {
  const ids = new Map<string, number>()
  for (const { name, born, bio, photo: file } of directors) {
    const key = await store(photo, 'directors', file)
    const [row] = await db.insert(director).values({ name, born, biography: bio, photo: key }).returning()
    if (row !== undefined) ids.set(name, row.id)
  }
  return ids
}

async function seedStudios(db: Inserts): Promise<Map<string, string>> {
  const rows = await db
    .insert(studio)
    .values(studios.map(({ name, country, founded, website }) => ({ name, country, founded, website })))
    .returning()
  return new Map(rows.map(({ name, id }) => [name, id]))
}

function describe(film: Film) {
  const { title, tagline, synopsis, releaseDate, runtimeMinutes, isReleased } = film
  return {
    title,
    tagline,
    synopsis,
    releaseDate,
    runtimeMinutes,
    isReleased,
    genre: getGenre(film),
    rating: film.rating.toFixed(1),
    boxOffice: BigInt(film.boxOffice),
    tags: [...film.tags],
  }
}

function getGenre({ genre }: Film): (typeof movie.genre.enumValues)[number] | null {
  return movie.genre.enumValues.find((value) => value === genre.toLowerCase()) ?? null
}

async function storeMedia(film: Film, storages: Storages) {
  const [poster, screenshots, trailer, soundtrack, pressKit, boxOfficeData] = await Promise.all([
    store(storages.poster, 'posters', film.poster),
    Promise.all(film.screenshots.map((file) => store(storages.screenshots, 'screenshots', file))),
    store(storages.trailer, 'trailers', film.trailer),
    store(storages.soundtrack, 'soundtracks', film.soundtrack),
    store(storages.pressKit, 'press-kits', film.pressKit),
    store(storages.boxOfficeData, 'box-office', film.boxOfficeCsv),
  ])
  return {
    poster,
    screenshots: screenshots.filter((key) => key !== null),
    trailer,
    soundtrack,
    pressKit,
    boxOfficeData,
  }
}

async function store(storage: MediaStorage, folder: string, file: string | undefined): Promise<string | null> {
  return file === undefined ? null : storage.storeFile(file, await openAsBlob(join(mediaFolder, folder, file)))
}
