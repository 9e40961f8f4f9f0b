import { expect, test, vi } from 'vitest'

import { autosave, type Saved } from '../../src/screens/checklist/autosave'

/** A disk that says when a save begins, and ends it when it is told to. */
function disk() {
  const ends: (() => void)[] = []
  const save = vi.fn(() => new Promise<void>((done) => ends.push(done)))
  return { save, end: () => ends.shift()?.() }
}

test('an answer is saved without waiting for anything', async () => {
  const { save } = disk()

  autosave(save, () => undefined).changed()
  await Promise.resolve()

  expect(save).toHaveBeenCalledTimes(1)
})

test('what changes while it is saved is saved once more, and never two at a time', async () => {
  const { save, end } = disk()
  const saving = autosave(save, () => undefined)
  saving.changed()
  await Promise.resolve()

  for (let answer = 0; answer < 5; answer++) saving.changed()
  await Promise.resolve()
  expect(save).toHaveBeenCalledTimes(1)
  end()
  await vi.waitFor(() => expect(save).toHaveBeenCalledTimes(2))
  end()
  await saving.flush()

  expect(save).toHaveBeenCalledTimes(2)
})

test('what could not be saved is said and tried again', async () => {
  vi.useFakeTimers()
  const save = vi.fn().mockRejectedValueOnce(new Error('full')).mockResolvedValue(undefined)
  const said: Saved[] = []

  autosave(save, (state) => said.push(state)).changed()
  await vi.advanceTimersByTimeAsync(1100)
  vi.useRealTimers()

  expect(said).toEqual(['saving', 'failed', 'saving', 'saved'])
  expect(save).toHaveBeenCalledTimes(2)
})

test('flushing throws where nothing can be saved', async () => {
  const saving = autosave(() => Promise.reject(new Error('full')), () => undefined)
  saving.changed()

  await expect(saving.flush()).rejects.toThrow('full')
  saving.stop()
})
