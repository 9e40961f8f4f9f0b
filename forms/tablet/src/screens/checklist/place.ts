/** The question where the officer stands, kept with the visit so that a killed app reopens there. */
import type { VisitDesk } from '../../tablet'

export interface KeptPlace {
  /** False where the officer stood there before. */
  stand(question: string): boolean
  save(): Promise<void>
}

export function keepPlace(desk: Pick<VisitDesk, 'visit' | 'save'>, instanceID: string): KeptPlace {
  const before = desk.visit.place
  let place = before?.instanceID === instanceID ? before.question : null
  let kept = place

  return {
    stand(question) {
      const moved = question !== place
      place = question
      return moved
    },
    async save() {
      const question = place // the officer may move on while this is written
      if (question === kept) return
      await desk.save({ place: { instanceID, question } })
      kept = question
    },
  }
}
