import {
  bigint,
  boolean,
  date,
  decimal,
  integer,
  pgEnum,
  pgTable,
  serial,
  text,
  timestamp,
  uuid,
  varchar,
} from 'drizzle-orm/pg-core'

export const genre = pgEnum('genre', [
  'action',
  'adventure',
  'animation',
  'comedy',
  'documentary',
  'drama',
  'fantasy',
  'horror',
  'mystery',
  'romance',
  'science fiction',
  'thriller',
])

export const director = pgTable('director', {
  id: serial('id').primaryKey(),
  name: varchar('name', { length: 200 }).notNull(),
  born: date('born'),
  biography: text('biography'),
  photo: varchar('photo', { length: 255 }),
})

export const studio = pgTable('studio', {
  id: uuid('id').primaryKey().defaultRandom(),
  name: varchar('name', { length: 200 }).notNull().unique(),
  country: varchar('country', { length: 100 }),
  founded: integer('founded'),
  website: text('website'),
})

export const movie = pgTable('movie', {
  id: serial('id').primaryKey(),
  title: varchar('title', { length: 200 }).notNull(),
  tagline: varchar('tagline', { length: 300 }),
  synopsis: text('synopsis'),
  releaseDate: date('release_date'),
  genre: genre('genre'),
  rating: decimal('rating', { precision: 3, scale: 1 }),
  runtimeMinutes: integer('runtime_minutes'),
  boxOffice: bigint('box_office', { mode: 'bigint' }),
  isReleased: boolean('is_released').notNull().default(false),
  tags: text('tags').array().notNull().default([]),
  director: integer('director').references(() => director.id),
  studio: uuid('studio').references(() => studio.id),
  poster: varchar('poster', { length: 255 }),
  screenshots: varchar('screenshots', { length: 255 }).array().notNull().default([]),
  trailer: text('trailer'),
  soundtrack: text('soundtrack'),
  pressKit: text('press_kit'),
  boxOfficeData: text('box_office_data'),
  createdAt: timestamp('created_at', { withTimezone: true }).notNull().defaultNow(),
})
