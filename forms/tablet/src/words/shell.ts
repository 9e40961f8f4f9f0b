/** Words of the frame around every screen, and of what any of them may say. */
export const shell = {
  app: ['护苗检查', 'Humiao inspections'],
  skip: ['跳到正文', 'Skip to the content'],
  menu: ['主菜单', 'Main menu'],
  today: ['今日', 'Today'],
  find: ['查找', 'Find'],
  sync: ['同步', 'Sync'],
  settings: ['设置', 'Settings'],
  back: ['返回', 'Back'],
  close: ['关闭', 'Close'],
  unsent: ['待发 {n}', '{n} unsent'],
  allSent: ['已全部发送', 'All sent'],
  toSync: ['打开同步中心', 'Open the sync centre'],
  otherLanguage: ['English', '中文'],
  outdoorOn: ['户外模式', 'Outdoor mode'],
  outdoorOff: ['室内模式', 'Indoor mode'],
  newVersion: ['新版本已下载', 'A new version is here'],
  newVersionAdvice: [
    '更新只换程序，不动已填的内容。未完成的检查表仍用原来的表单版本。',
    'It replaces the app and touches nothing you wrote. Checklists that you began keep their version of the form.',
  ],
  updateNow: ['现在更新', 'Update now'],
  later: ['稍后', 'Later'],
  offline: ['无网络', 'No network'],
  wait: ['请稍候', 'One moment'],
  notHere: ['没有这个页面', 'There is no such screen'],
  notHereAdvice: ['请从菜单重新进入。', 'Start again from the menu.'],
} as const

export const failed = {
  title: ['无法打开', 'It does not open'],
  again: ['重试', 'Try again'],
} as const
