import { mediaWorldIn } from './media-world.ts'
import { startMovieAdmin } from './movie-admin.ts'

// A server in a process of its own, over the folder it is told: what a test can measure and kill.
const movieAdmin = await startMovieAdmin(mediaWorldIn(process.argv[2] ?? ''))
const { url } = await movieAdmin.listen()
process.stdout.write(`${url}\n`)
