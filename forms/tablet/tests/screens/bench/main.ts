/** The screens over a tablet in memory. `sessionStorage.scene` says in which state it begins. */
import { h } from 'vue'

import { mount } from '../../../src/mount'
import { ROUTES } from '../../../src/router'
import AppScreen from '../../../src/screens/frame/AppScreen.vue'
import { makeTablet, type Scene } from './memory'
import { readPackage } from './package'
import { tools } from '../../../src/tools'

ROUTES.unshift({ path: '/visit/:visitId/:instanceID', component: { render: () => h(AppScreen, { title: '检查表', back: '/' }) } })

const scene = JSON.parse(sessionStorage.getItem('scene') ?? '{}') as Partial<Scene>
const packed: unknown = await (await fetch(`${import.meta.env.BASE_URL}package.json`)).json()
const situation = await mount(makeTablet(readPackage(packed), scene), tools, import.meta.env.BASE_URL)
if (scene.hasNewVersion) situation.update = () => document.body.toggleAttribute('data-taken-over', true)
