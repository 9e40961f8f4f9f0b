/** Words of the fields that people type into. */
export const fields = {
  show: ['显示', 'Show'],
  hide: ['隐藏', 'Hide'],
} as const
