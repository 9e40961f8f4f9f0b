/* What Tab should stop at, in the order of the page, and which of that is below the menu; and, while it is pressed, what it
   stops at and how that looks. */
() => {
  const FOCUSABLE = 'a[href], button, input, select, textarea, summary, iframe, [tabindex]'
  const said = (element) => element.outerHTML.split('>')[0] + '>'
  const seenBy = (element) => (element.matches('.unseen') ? element.closest('label') : null) ?? element

  /** Of radio buttons of one name in one form only one is a stop. */
  const isPassed = (element) => {
    if (element.type !== 'radio') return false
    const group = [...document.querySelectorAll('input[type=radio]')].filter((o) => o.name === element.name && o.form === element.form)
    return (group.find((one) => one.checked) ?? group[0]) !== element
  }

  window.walked = { reached: [], wrong: [] }
  document.addEventListener('focusin', ({ target }) => {
    const element = seenBy(target), style = getComputedStyle(element), box = element.getBoundingClientRect()
    const there = document.elementFromPoint(box.x + box.width / 2, (Math.max(box.top, 0) + Math.min(box.bottom, innerHeight)) / 2)
    walked.reached.push(said(target))
    if (style.outlineStyle === 'none' || parseFloat(style.outlineWidth) < 2) walked.wrong.push('unmarked: ' + said(target))
    if (!there || !(element.contains(there) || there.contains(element))) walked.wrong.push('hidden: ' + said(target))
  })
  const stops = [...document.querySelectorAll(FOCUSABLE)]
    .filter((one) => one.tabIndex >= 0 && !one.disabled && one.type !== 'hidden' && !isPassed(one))
    .filter((one) => seenBy(one).checkVisibility({ visibilityProperty: true }))
  return [stops.map(said), stops.filter((one) => one.closest('main')).map(said)]
}
