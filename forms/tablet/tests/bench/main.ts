import { startOfModule } from '../../src/engine'
import { fill } from './fill'
import { mount } from './mount'

Object.assign(window, { bench: { fill, startOfModule, mount } })
document.documentElement.dataset.ready = 'yes'
