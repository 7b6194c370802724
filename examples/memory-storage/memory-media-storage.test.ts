import { describe, it } from 'node:test'
import { pgTable, serial, text } from 'drizzle-orm/pg-core'
import { testMediaStorage } from 'vitrine/testing'
import { MemoryMediaStorage } from './memory-media-storage.ts'

const movie = pgTable('movie', { id: serial('id').primaryKey(), poster: text('poster') })

testMediaStorage(
  { describe, it },
  {
    createStorage: (options) => new MemoryMediaStorage({ column: movie.poster, ...options }),
    hasUnfinishedFiles: false,
  },
)
