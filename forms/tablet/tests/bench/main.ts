import { startOfModule } from '../../src/engine'
import { fill } from './fill'

Object.assign(window, { bench: { fill, startOfModule } })
