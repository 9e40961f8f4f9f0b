/** Words of the settings. */
export const settings = {
  title: ['设置', 'Settings'],
  language: ['语言', 'Language'],
  look: ['显示', 'Display'],
  indoor: ['室内', 'Indoors'],
  outdoor: ['户外（黑白，高对比）', 'Outdoors (black on white)'],
  officer: ['执法人员', 'Officer'],
  lock: ['锁定／换人', 'Lock or switch officer'],
  lockAdvice: ['锁定后，另一名执法人员看不到您的检查。', 'Once locked, another officer does not see your visits.'],
  add: ['添加执法人员', 'Add an officer'],
  tablet: ['平板', 'Tablet'],
  ready: ['出发检查', 'Ready to leave?'],
  persisted: ['长期保存', 'Kept for good'],
  yes: ['是', 'Yes'],
  no: ['否：请把应用安装到主屏幕', 'No: install the app to the home screen'],
  version: ['应用版本', 'Version of the app'],
} as const
