/** Which screen stands at which address, and which of them may be seen while the tablet is locked. */
import { createRouter, type RouteMeta, type Router, type RouteRecordRaw, type RouterHistory } from 'vue-router'

import type { Lock, Tablet } from './tablet'
import TodayScreen from './screens/today/TodayScreen.vue'

/**
 * `needs` says which locks a screen stands behind; without it only an open tablet shows it. `bare` ones need no package:
 * they lead to one, or to what is unsent.
 */
export const ROUTES: RouteRecordRaw[] = [
  { path: '/', component: TodayScreen },
  { path: '/enrol', component: () => import('./screens/entry/EnrolScreen.vue'), meta: { needs: ['not_enrolled'] } },
  { path: '/unlock', component: () => import('./screens/entry/UnlockScreen.vue'), meta: { needs: ['no_officer', 'locked'] } },
  { path: '/unlock/new', component: () => import('./screens/entry/SignInScreen.vue'), meta: { needs: ['no_officer', 'locked', 'open'], bare: true } },
  { path: '/ready', component: () => import('./screens/today/ReadyScreen.vue'), meta: { bare: true } },
  { path: '/find', component: () => import('./screens/find/FindScreen.vue') },
  { path: '/law', component: () => import('./screens/law/LawScreen.vue') },
  { path: '/venue/:id(\\d+)', component: () => import('./screens/venue/VenueScreen.vue'), props: true },
  { path: '/venue/:id(\\d+)/place', component: () => import('./screens/venue/PlaceScreen.vue'), props: true },
  { path: '/lead', component: () => import('./screens/lead/LeadScreen.vue') },
  { path: '/venue/:id(\\d+)/correct', component: () => import('./screens/venue/CorrectScreen.vue'), props: true },
  { path: '/arrive', component: () => import('./screens/visit/ArriveScreen.vue'), props: ({ query }) => ({ venue: query.venue, task: query.task }) },
  { path: '/visit/:visitId', component: () => import('./screens/visit/VisitScreen.vue'), props: true },
  { path: '/visit/:visitId/papers', component: () => import('./screens/papers/PapersScreen.vue'), props: true },
  { path: '/visit/:visitId/papers/:paperId', component: () => import('./screens/papers/PaperScreen.vue'), props: true },
  { path: '/visit/:visitId/:instanceID', component: () => import('./screens/visit/ModuleScreen.vue'), props: true },
  { path: '/sync', component: () => import('./screens/sync/SyncScreen.vue'), meta: { needs: ['no_officer', 'locked', 'open'], bare: true } },
  { path: '/settings', component: () => import('./screens/settings/SettingsScreen.vue'), meta: { bare: true } },
  { path: '/:rest(.*)*', component: () => import('./screens/frame/NotHere.vue'), meta: { needs: ['no_officer', 'locked', 'open'], bare: true } },
]

const DOORS: Record<Lock, string> = { not_enrolled: '/enrol', no_officer: '/unlock/new', locked: '/unlock', open: '/' }

/** Where somebody is led who asks for a screen: to the screen itself (null), or to the door of the tablet as it is. */
export function ledTo(lock: Lock, hasPackage: boolean, { needs = ['open'], bare = false }: RouteMeta = {}): string | null {
  if (!needs.includes(lock)) return DOORS[lock] === '/' && !hasPackage ? '/ready' : DOORS[lock]
  return lock === 'open' && !bare && !hasPackage ? '/ready' : null
}

export function makeRouter(history: RouterHistory, tablet: Pick<Tablet, 'lock' | 'hasRegister'>): Router {
  const router = createRouter({ history, routes: ROUTES, scrollBehavior: (_to, _from, before) => before ?? { top: 0 } })
  router.beforeEach(async (to) => ledTo(await tablet.lock(), tablet.hasRegister(), to.meta) ?? true)
  return router
}

declare module 'vue-router' {
  interface RouteMeta { needs?: Lock[]; bare?: boolean }
}
