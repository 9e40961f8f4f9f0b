import { openTablet } from './app'
import { mount } from './mount'
import { fail } from './screens/frame/fail'
import { tools } from './tools'
import { keepApp } from './update'

const opened = Promise.resolve().then(() => openTablet()).then((tablet) => mount(tablet, tools, import.meta.env.BASE_URL))
void opened.then((situation) => keepApp((takeOver) => (situation.update = takeOver)), fail)
