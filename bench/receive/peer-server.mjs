// One of the peers, as its own documentation sets it up: node peer-server.mjs busboy|multer|tus <peers' folder> <media folder>
import { createWriteStream } from 'node:fs'
import { createServer } from 'node:http'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { pathToFileURL } from 'node:url'

const [kind = '', peers = '', folder = ''] = process.argv.slice(2)
const require = createRequire(pathToFileURL(join(peers, 'package.json')))

const server = await makeServer()
server.listen(0, '127.0.0.1', () => process.stdout.write(`http://127.0.0.1:${server.address().port}\n`))

async function makeServer() {
  if (kind === 'busboy') return createServer(receiveByBusboy(require('busboy')))
  if (kind === 'multer') return createServer(receiveByMulter(require('multer')))
  const { Server } = await import(pathToFileURL(require.resolve('@tus/server')).href)
  const { FileStore } = await import(pathToFileURL(require.resolve('@tus/file-store')).href)
  const tus = new Server({ path: '/files', datastore: new FileStore({ directory: folder }) })
  return createServer((request, response) => tus.handle(request, response))
}

function receiveByBusboy(busboy) {
  return (request, response) => {
    const writes = []
    const parser = busboy({ headers: request.headers })
    parser.on('file', (_name, file) => {
      writes.push(pipeline(file, createWriteStream(join(folder, crypto.randomUUID()))))
    })
    parser.on('close', () => {
      void Promise.all(writes).then(() => response.writeHead(201).end())
    })
    request.pipe(parser)
  }
}

function receiveByMulter(multer) {
  const receive = multer({ dest: folder }).single('file')
  return (request, response) => {
    receive(request, response, (error) => response.writeHead(error ? 500 : 201).end())
  }
}
