import type { AdminOptions } from 'vitrine'
import { mediaWorldIn } from './media-world.ts'
import { startMovieAdmin } from './movie-admin.ts'

// A server in a process of its own, over the folder it is told: what a test can measure and kill.
const [folder = '', told = '{}'] = process.argv.slice(2)
const options: Partial<AdminOptions> = JSON.parse(told)
const movieAdmin = await startMovieAdmin(mediaWorldIn(folder), options)
const { url } = await movieAdmin.listen()
process.stdout.write(`${url}\n`)
