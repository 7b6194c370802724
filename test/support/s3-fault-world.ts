import { Agent } from 'node:http'
import type { S3ClientConfig } from '@aws-sdk/client-s3'
import { S3MediaStorage, type S3MediaStorageOptions } from 'vitrine/storage/s3'
import { movie } from '../storage/media-tables.ts'
import { type FaultProxy, startFaultProxy } from './fault-proxy.ts'
import type { S3Server } from './s3-server.ts'
import { ANY_CONTENT } from './any-content.ts'

/** A storage whose requests pass through a proxy that can spoil them, and its folder in the bucket. */
export interface S3FaultWorld {
  storage: S3MediaStorage
  proxy: FaultProxy
  folder: string
  /** Keys of the objects in the folder, asked for without the proxy. */
  objectKeys(): Promise<string[]>
  unfinishedUploads(): Promise<string[]>
  /** Connections of the storage that have a request under way. */
  busyConnections(): number
  close(): Promise<void>
}

type WorldOptions = Partial<S3MediaStorageOptions<typeof movie.poster>>

export async function openS3FaultWorld(server: S3Server, options: WorldOptions = {}): Promise<S3FaultWorld> {
  const proxy = await startFaultProxy(server.endpoint)
  const folder = `faults-${crypto.randomUUID()}`
  const httpAgent = new Agent({ keepAlive: true })
  const clientConfig: S3ClientConfig = {
    ...server.clientConfig,
    endpoint: proxy.endpoint,
    ...options.clientConfig,
    requestHandler: { httpAgent, ...options.clientConfig?.requestHandler },
  }
  const place = { bucketName: server.bucketName, folderName: folder }
  return {
    storage: new S3MediaStorage({ column: movie.poster, ...ANY_CONTENT, ...place, ...options, clientConfig }),
    proxy,
    folder,
    objectKeys: () => server.objectKeys(folder),
    unfinishedUploads: () => server.unfinishedUploads(folder),
    busyConnections: () => Object.values(httpAgent.sockets).flat().length,
    async close() {
      httpAgent.destroy()
      await proxy.close()
      await server.removeFolder(folder)
    },
  }
}

/** The address that the server was named by. */
export function getEndpoint({ endpoint }: S3Server): string {
  return endpoint
}

/** The secret that no message may hold. */
export function getSecret({ secretAccessKey }: S3Server): string {
  return secretAccessKey
}
