export { type ServeOptions, type AdminServer, serve } from './node/serve.ts'
export { type NodeHandler, toNodeHandler } from './node/to-node-handler.ts'
