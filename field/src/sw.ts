/** The service worker: the app itself, kept on the phone. Data never passes through here. */
declare const self: ServiceWorkerGlobalScope & { __WB_MANIFEST: { url: string }[] }

const FILES = self.__WB_MANIFEST
const URLS = [...new Set(FILES.map((file) => file.url))]
const HEAVY = URLS.filter((url) => /\/engine-/.test(url))
const LIGHT = URLS.filter((url) => !HEAVY.includes(url))

/** One cache a release: its name follows from what is in it. */
const CACHE = `field-${[...JSON.stringify(FILES)].reduce((sum, char) => (sum * 31 + char.charCodeAt(0)) | 0, 7) >>> 0}`

const scoped = (url: string) => new URL(url, self.registration.scope).href
const fresh = (url: string) => new Request(scoped(url), { cache: 'reload' })

self.addEventListener('install', (event) => {
  event.waitUntil(caches.open(CACHE).then((cache) => cache.addAll(LIGHT.map(fresh))))
})

self.addEventListener('activate', (event) => {
  event.waitUntil((async () => {
    const old = (await caches.keys()).filter((name) => name.startsWith('field-') && name !== CACHE)
    await Promise.all(old.map((name) => caches.delete(name)))
    await self.clients.claim()
  })())
})

/** `warm`: this phone has questionnaires, so their engine must be here before the network goes. */
async function warm(): Promise<void> {
  const cache = await caches.open(CACHE)
  for (const url of HEAVY) if (!(await cache.match(scoped(url)))) await cache.add(scoped(url))
}

self.addEventListener('message', (event) => {
  if (event.data === 'warm') event.waitUntil(warm().catch(() => undefined))
  if (event.data === 'update') void self.skipWaiting()
})

async function answer(request: Request): Promise<Response> {
  const cache = await caches.open(CACHE)
  const wanted = request.mode === 'navigate' ? scoped('index.html') : request.url
  return (await cache.match(wanted, { ignoreVary: true })) ?? fetch(request)
}

const OURS = new Set([...URLS.map(scoped), self.registration.scope])

self.addEventListener('fetch', (event) => {
  const { request } = event
  if (request.method !== 'GET') return
  if (request.mode === 'navigate' || OURS.has(request.url)) event.respondWith(answer(request))
})

export {}
