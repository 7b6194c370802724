import { integer, jsonb, pgEnum, pgTable, serial, text, varchar } from 'drizzle-orm/pg-core'

export const mood = pgEnum('mood', ['glad', 'sad'])

/** A table with media columns of each kind, and with columns that cannot hold media. */
export const movie = pgTable('movie', {
  id: serial('id').primaryKey(),
  poster: varchar('poster', { length: 255 }),
  trailer: text('trailer'),
  screenshots: varchar('screenshots', { length: 255 }).array(),
  clips: text('clips').array().notNull().default([]),
  badge: varchar('badge', { length: 60 }),
  tiny: varchar('tiny', { length: 20 }),
  runtime: integer('runtime'),
  extra: jsonb('extra'),
  rating: text('rating', { enum: ['good', 'bad'] }),
  grade: varchar('grade', { length: 10, enum: ['a', 'b'] }),
  mood: mood('mood'),
  numbers: integer('numbers').array(),
  matrix: text('matrix').array().array(),
})

/** The same table in SQL. */
export const CREATE_MOVIE = `
  create type mood as enum ('glad', 'sad');
  create table movie (
    id serial primary key, poster varchar(255), trailer text, screenshots varchar(255)[],
    clips text[] not null default '{}', badge varchar(60), tiny varchar(20), runtime integer, extra jsonb, rating text,
    grade varchar(10), mood mood, numbers integer[], matrix text[][]
  );`
