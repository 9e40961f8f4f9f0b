/** Escape closes what was opened around the focus, and leads back to what opened it; menus do so by themselves. */
document.addEventListener('keydown', (event) => {
  if (event.key !== 'Escape' || event.defaultPrevented || !(event.target instanceof Element)) return
  const opened = event.target.closest('details[open]')
  opened?.removeAttribute('open')
  opened?.querySelector('summary')?.focus()
})
