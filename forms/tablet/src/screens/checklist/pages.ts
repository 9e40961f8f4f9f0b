/** Which sections stand on one page: neighbours, as long as it stays short. What was laid out stays so while it is filled in. */
import type { Section } from '../../engine'
import { questionsIn } from '../../engine/sections'

const MOST_QUESTIONS = 24

export function pagesOf(sections: readonly Section[]): Section[][] {
  const pages: Section[][] = []
  let asked = Infinity
  for (const section of sections) {
    const count = questionsIn(section.nodes).length
    if (asked + count > MOST_QUESTIONS) {
      pages.push([])
      asked = 0
    }
    pages.at(-1)?.push(section)
    asked += count
  }
  return pages
}
