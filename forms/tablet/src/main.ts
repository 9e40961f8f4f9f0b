import { openTablet } from './app'
import { mount } from './mount'
import { fail } from './screens/frame/fail'
import { tools } from './tools'
import { keepApp } from './update'

try {
  const situation = await mount(await openTablet(), tools, import.meta.env.BASE_URL)
  await keepApp((takeOver) => (situation.update = takeOver))
} catch (error) {
  fail(error)
}
