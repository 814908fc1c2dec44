/** Requests to the server, and the three ways they end badly. */
import type { Enrolment, Id, Op, Page, Result } from './protocol'

/** No answer at all: no network, a timeout, or a portal that answered in the server's place. */
export class Unreachable extends Error {}

/** The server's own refusal. */
export class Answered extends Error {
  constructor(readonly status: number, readonly code: string, message: string, readonly retryAfterMs = 0) {
    super(message)
  }
}

/** This phone is no longer welcome: everything on it goes. */
export class Revoked extends Answered {}

export interface Api {
  enrol(form: { username: string; password: string; code?: string; device_name: string }): Promise<Enrolment>
  leave(): Promise<void>
  pull(cursor: string | null): Promise<Page>
  push(ops: Op[], deviceTime: string): Promise<{ server_time: string; results: Result[] }>
  attach(record: Id, jpeg: Blob): Promise<void>
}

const TIMEOUT_MS = 30_000

async function gzip(text: string): Promise<Blob | null> {
  if (typeof CompressionStream === 'undefined') return null
  return new Response(new Blob([text]).stream().pipeThrough(new CompressionStream('gzip'))).blob()
}

/** A body worth packing goes packed; below this the header costs more than it saves. */
const GZIP_FROM = 1_000

async function body(content: unknown): Promise<RequestInit> {
  const text = JSON.stringify(content)
  const packed = text.length >= GZIP_FROM ? await gzip(text) : null
  return {
    body: packed ?? text,
    headers: { 'Content-Type': 'application/json', ...(packed && { 'Content-Encoding': 'gzip' }) },
  }
}

/** Reads a refusal. A page of HTML is a portal or a proxy speaking: it must never wipe a phone. */
async function refusal(response: Response, signedIn: boolean): Promise<Error> {
  const told = await response.json().catch(() => null)
  const wait = Number(response.headers.get('Retry-After') ?? 0) * 1000
  if (!told || typeof told.code !== 'string') return new Unreachable(`HTTP ${response.status}`)
  const kind = response.status === 401 && signedIn ? Revoked : Answered
  return new kind(response.status, told.code, String(told.message ?? ''), Number.isFinite(wait) ? wait : 0)
}

export function connect(token: () => string | null, language: () => string, base = '/api/v1'): Api {
  async function call<T>(method: string, path: string, init: RequestInit = {}): Promise<T> {
    const bearer = token()
    const headers = {
      'Accept-Language': language(), ...(bearer && { Authorization: `Bearer ${bearer}` }), ...init.headers,
    }
    const signal = AbortSignal.timeout?.(TIMEOUT_MS)
    const options: RequestInit = { ...init, method, headers, signal, credentials: 'omit', cache: 'no-store' }
    const response = await fetch(base + path, options).catch((error) => { throw new Unreachable(String(error)) })
    if (!response.ok) throw await refusal(response, bearer !== null)
    if (response.status === 204) return undefined as T
    return response.json().catch((error) => { throw new Unreachable(String(error)) })
  }

  return {
    enrol: async (form) => call('POST', '/devices/enrol', await body(form)),
    leave: () => call('POST', '/devices/leave'),
    pull: (cursor) => call('GET', `/sync/pull${cursor ? `?cursor=${encodeURIComponent(cursor)}` : ''}`),
    push: async (ops, device_time) => call('POST', '/sync/push', await body({ device_time, ops })),
    attach: (record, jpeg) =>
      call('PUT', `/attachments/${record}`, { body: jpeg, headers: { 'Content-Type': 'image/jpeg' } }),
  }
}
