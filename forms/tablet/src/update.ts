/**
 * Keeps the app itself on the tablet. A new version waits until the officer agrees; drafts are in the database and
 * no version of the app clears them.
 */
const OFTEN = 60 * 60 * 1000

/** Registers the service worker; `onNew` gets the deed that ends this version, once another is complete. */
export async function keepApp(onNew: (takeOver: () => void) => void): Promise<void> {
  if (!('serviceWorker' in navigator)) return
  const wasKept = navigator.serviceWorker.controller !== null
  const kept = await navigator.serviceWorker.register(`${import.meta.env.BASE_URL}sw.js`, { scope: import.meta.env.BASE_URL })
  const tell = (): void => {
    if (kept.waiting && wasKept) onNew(() => takeOver(kept))
  }
  tell()
  kept.addEventListener('updatefound', () => kept.installing?.addEventListener('statechange', tell))
  setInterval(() => void kept.update().catch(() => undefined), OFTEN)
}

function takeOver(kept: ServiceWorkerRegistration): void {
  navigator.serviceWorker.addEventListener('controllerchange', () => location.reload(), { once: true })
  kept.waiting?.postMessage('take over')
}
