/** Words of the sync centre (同步中心). */
export const sync = {
  title: ['同步中心', 'Sync centre'],
  none: ['没有待发内容', 'Nothing waits to be sent'],
  noneAdvice: ['完成一次检查后，会在这里看到它走到哪一步。', 'When a visit is finished you see here how far it has come.'],
  send: ['立即发送', 'Send now'],
  sending: ['正在发送', 'Sending'],
  sent: ['已发送 {sent} 项，还剩 {left} 项。', '{sent} sent, {left} left.'],
  nothing: ['没有待发内容', 'Nothing waits to be sent'],
  rescue: ['导出救援文件', 'Save the rescue file'],
  rescueAdvice: [
    '平板坏了、存满或长期没有网络时：把全部未发内容存成一个加密文件，交给管理员导入。随时可以导出。',
    'When the tablet is damaged, full or long without a network: all that is unsent in one sealed file for the administrator. At any time.',
  ],
  rescued: ['已导出 {name}（{size}）', '{name} saved ({size})'],
  record: ['检查记录', 'Record'],
  file: ['照片或签名 {name}', 'Photo or signature {name}'],
  visit: ['检查 {at}', 'Visit of {at}'],
  otherVisit: ['另一名执法人员的检查', 'Another officer’s visit'],
  tries: ['已试 {n} 次', '{n} tries'],
  refused: ['服务器退回', 'Refused by the server'],
  kept: ['内容仍在本机，不会丢失。', 'It is still here and is not lost.'],
} as const

export const STEPS_OF_ITEM = {
  here: ['本机', 'Here'],
  uploaded: ['已上传', 'Sent'],
  verified: ['已核验', 'Verified'],
  removable: ['可清除', 'Can go'],
} as const

/** Why nothing can be sent just now. */
export const WAITING = {
  no_network: ['没有网络，联网后自动发送', 'No network; sent by itself when there is one'],
  network: ['网络中断，稍后自动再试', 'The network broke; tried again by itself'],
  locked: ['请先解锁', 'Unlock first'],
  server_busy: ['服务器忙，稍后自动再试', 'The server is busy; tried again by itself'],
  device_revoked: ['这台平板已被注销，请导出救援文件', 'This tablet was refused: save the rescue file'],
  sign_in_again: ['登录已过期，请重新登录', 'The sign-in has ended; sign in again'],
} as const

/** Why the server refused an item, and what to do. */
export const ITEM_REFUSALS = {
  form_unknown: ['服务器不认识这个版本的检查表，请联系管理员。', 'The server does not know this version of the checklist: ask the administrator.'],
  visit_changed: ['同一编号的记录内容不同，请联系督导人员。', 'A record with this number says something else: ask a supervisor.'],
  too_large: ['文件太大。', 'The file is too large.'],
  hash_mismatch: ['传输中受损，将重新发送。', 'It was damaged on the way and is sent again.'],
  device_revoked: ['平板已被注销，请导出救援文件交给管理员。', 'The tablet was refused: give the rescue file to the administrator.'],
  other: ['原因：{word}。请联系管理员。', 'Reason: {word}. Ask the administrator.'],
} as const
