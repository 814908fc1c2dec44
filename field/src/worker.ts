/** The page's side of the service worker: offline start, and updates when the worker (the person) says so. */
import { ref } from 'vue'

export const updateReady = ref(false)

let registration: ServiceWorkerRegistration | undefined

export async function install(): Promise<void> {
  if (!('serviceWorker' in navigator) || import.meta.env.DEV) return
  registration = await navigator.serviceWorker.register('/field/sw.js', { scope: '/field/' }).catch(() => undefined)
  if (!registration) return
  const look = () => { updateReady.value = !!registration?.waiting && !!navigator.serviceWorker.controller }
  look()
  registration.addEventListener('updatefound', () => {
    registration?.installing?.addEventListener('statechange', look)
  })
}

/** Asks for the form engine to be kept here; asked again at each start until it is. */
export async function keepEngine(): Promise<void> {
  if (!('serviceWorker' in navigator) || import.meta.env.DEV) return
  const { active } = await navigator.serviceWorker.ready
  active?.postMessage('warm')
}

export function update(): void {
  navigator.serviceWorker.addEventListener('controllerchange', () => location.reload(), { once: true })
  registration?.waiting?.postMessage('update')
}
