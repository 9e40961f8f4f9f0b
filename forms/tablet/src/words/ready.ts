/** Words of the readiness list (出发检查). */
export const ready = {
  title: ['出发检查', 'Ready to leave?'],
  yes: ['可以出发', 'Ready'],
  yesAdvice: ['资料齐全，离线可用至 {until}。', 'Everything is here and works without a network until {until}.'],
  no: ['还不能出发', 'Not ready'],
  noAdvice: ['还有 {n} 项要处理，见下。', '{n} things to do, see below.'],
  prepare: ['准备离线包', 'Prepare the package'],
  prepareAgain: ['更新离线包', 'Update the package'],
  toToday: ['去今日任务', 'To today’s tasks'],
  fine: ['正常', 'Fine'],
  toDo: ['待处理', 'To do'],
  version: ['版本 {version}', 'version {version}'],
  progress: ['正在准备', 'Preparing'],
} as const

export const READY_ITEMS = {
  forms: ['检查表', 'Checklists'],
  law: ['法规库', 'Rulebook'],
  venues: ['场所', 'Venues'],
  sites: ['学校、幼儿园', 'Schools and kindergartens'],
  tasks: ['任务', 'Tasks'],
  numbers: ['文书号', 'Document numbers'],
  contacts: ['机关联系方式', 'How the agency is reached'],
  map: ['地图', 'Map'],
  storage: ['存储空间', 'Storage'],
  persisted: ['长期保存', 'Kept for good'],
  clock: ['时钟', 'Clock'],
  second_officer: ['第二名执法人员', 'Second officer'],
  expiry: ['有效期', 'Good until'],
} as const

export const READY_COUNTS = {
  forms: ['{n} 张', '{n} forms'],
  law: ['{n} 条', '{n} duties'],
  venues: ['{n} 家', '{n}'],
  sites: ['{n} 所', '{n}'],
  tasks: ['{n} 项', '{n}'],
  numbers: ['{n} 个', '{n} left'],
  contacts: ['{n}', '{n}'],
  map: ['{n} 处', '{n} places'],
  storage: ['已用 {n}%', '{n}% used'],
  persisted: ['{n}', '{n}'],
  clock: ['相差 {n} 秒', '{n} s off'],
  second_officer: ['{n} 人', '{n}'],
  expiry: ['还剩 {n} 小时', '{n} h left'],
} as const

/** What is wrong with an item and what to do; the general one where a problem has no words of its own. */
export const READY_PROBLEMS = {
  forms_missing: ['检查表不全，请点“准备离线包”', 'Checklists are missing: prepare the package'],
  law_missing: ['没有法规库，请点“准备离线包”', 'No rulebook: prepare the package'],
  venues_missing: ['没有场所资料，请点“准备离线包”', 'No venues: prepare the package'],
  numbers_unnumbered: ['本机关还没有为全部文书设定文号：请督导人员在电脑端设定后再更新', 'The office does not number all documents yet: a supervisor lays that down at a desk, then update'],
  numbers_missing: ['没有可用的文书号，请联网更新离线包', 'No number is left: update the package with a network'],
  contacts_missing: ['本机关没有录全电话和地址，文书上留空：请系统管理员在电脑端录入后再更新', 'The agency’s telephones and address are not all entered and stay blank on paper: ask the administrator, then update'],
  expired: ['已过期，请联网后点“准备离线包”；已填的内容都在本机', 'Expired: prepare the package with a network. What you wrote is kept here'],
  not_persisted: ['系统可能清理数据：请把应用安装到主屏幕', 'The system might clear it: install the app to the home screen'],
  storage_low: ['快满了：请先发送已完成的检查', 'Nearly full: send what is finished first'],
  storage_full: ['已满，不能再拍照：请发送或导出救援文件', 'Full, no more photos: send, or save the rescue file'],
  clock_set_back: ['时钟被调回过：有效期按本机见过的最晚时间计算，请在系统设置中校准', 'The clock was set back: the package ends by the latest time seen here. Correct it in the system’s settings'],
  clock_wrong: ['平板时钟不准，请在系统设置中校准', 'The clock is wrong: correct it in the system’s settings'],
  no_second_officer: ['只有一人：请添加第二名执法人员', 'You are alone: add the second officer'],
  other: ['需要处理（{word}）', 'Needs attention ({word})'],
} as const

export const STEPS = {
  asking: ['正在询问服务器', 'Asking the server'],
  receiving: ['正在下载', 'Receiving'],
  verifying: ['正在核对签名', 'Checking the signature'],
  applying: ['正在存入本机', 'Putting it away'],
  forms: ['正在下载检查表', 'Receiving checklists'],
} as const
