/** The order in which tasks are done: the route first, then what is due first, then what matters more. */
import type { Task } from '../../trade'

const LAST = Number.MAX_SAFE_INTEGER

export function inRouteOrder(tasks: readonly Task[]): Task[] {
  return [...tasks].sort(
    (a, b) =>
      (a.routeOrder ?? LAST) - (b.routeOrder ?? LAST) ||
      (a.dueOn ?? '9999').localeCompare(b.dueOn ?? '9999') ||
      a.priority - b.priority ||
      a.id - b.id,
  )
}
