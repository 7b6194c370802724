/** `GET /api/health`: 200 when all is ready, else 503. */
export interface HealthResponse {
  status: Readiness
  database: Readiness
  /** All storages together. */
  storages: Readiness
}

export type Readiness = 'ready' | 'unavailable'
