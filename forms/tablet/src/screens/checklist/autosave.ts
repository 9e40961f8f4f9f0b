/**
 * Saves after each answer: at once, one at a time, and again when something changed meanwhile. The tap itself waits for
 * nothing. What could not be saved is tried again, and said.
 */
export type Saved = 'saved' | 'saving' | 'failed'

export interface Autosave {
  changed(): void
  /** Ends when everything that is known now is on the disk; throws where it could not be saved. */
  flush(): Promise<void>
  stop(): void
}

const AGAIN_MS = 1000

export function autosave(save: () => Promise<void>, tell: (state: Saved) => void): Autosave {
  let dirty = false
  let running: Promise<void> | null = null
  let retry: ReturnType<typeof setTimeout> | undefined

  async function run(): Promise<void> {
    while (dirty) {
      dirty = false
      tell('saving')
      try {
        await save()
      } catch (error) {
        dirty = true
        tell('failed')
        throw error
      }
    }
    tell('saved')
  }

  function start(): Promise<void> {
    running ??= run().finally(() => (running = null))
    return running
  }

  function tryInBackground(): void {
    clearTimeout(retry)
    start().catch(() => (retry = setTimeout(tryInBackground, AGAIN_MS)))
  }

  return {
    changed() {
      dirty = true
      queueMicrotask(tryInBackground)
    },
    async flush() {
      await start()
    },
    stop: () => clearTimeout(retry),
  }
}
