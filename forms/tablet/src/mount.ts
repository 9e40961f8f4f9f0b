/** Puts the screens over a tablet, whoever made it: the app itself, or a test with one in memory. */
import './tokens.css'
import './base.css'

import { createApp } from 'vue'
import { createWebHistory } from 'vue-router'

import App from './App.vue'
import { makeRouter } from './router'
import { followLook } from './screens/look'
import { followSituation, type Situation, SITUATION } from './screens/situation'
import { TABLET, TOOLS } from './screens/useTablet'
import type { Tablet } from './tablet'
import type { Tools } from './tools'

/** Shows the first screen; gives what all screens follow, so that news can be put into it. */
export async function mount(tablet: Tablet, tools: Tools, base: string): Promise<Situation> {
  followLook()
  const situation = await followSituation(tablet)
  const router = makeRouter(createWebHistory(base), tablet)
  createApp(App).provide(TABLET, tablet).provide(TOOLS, tools).provide(SITUATION, situation).use(router).mount('#app')
  return situation
}
