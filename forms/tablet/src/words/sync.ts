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
  document: ['文书', 'Document'],
  file: ['照片或签名 {name}', 'Photo or signature {name}'],
  visit: ['检查 {at}', 'Visit of {at}'],
  lead: ['街面线索', 'Lead from the street'],
  leadRecord: ['线索内容', 'What was noted'],
  leadPicture: ['线索照片 {name}', 'Picture {name}'],
  otherVisit: ['另一名执法人员的检查', 'Another officer’s visit'],
  tries: ['已试 {n} 次', '{n} tries'],
  refused: ['服务器退回', 'Refused by the server'],
  proposals: ['提出的更正', 'Corrections proposed'],
  becomes: ['{field} → {value}', '{field} → {value}'],
  rescueOnline: ['联网送交救援文件', 'Send the rescue file'],
  rescueOnlineAdvice: ['没有人能再解锁的内容，可以加密送交管理员。', 'Work that nobody can unlock any more goes sealed to the administrator.'],
  rescueSent: ['救援文件已送交。', 'The rescue file was sent.'],
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
  offline: ['没有网络，联网后自动发送', 'No network; sent by itself when there is one'],
  pausing: ['刚才没有发成，稍后自动再试', 'It did not go just now; tried again by itself'],
  locked: ['有些内容要等那名执法人员解锁后才能发送', 'Some of it goes when that officer unlocks'],
  server_busy: ['服务器忙，稍后自动再试', 'The server is busy; tried again by itself'],
  server_failed: ['服务器处理其中一项时出错，稍后自动再试', 'The server failed at one item; tried again by itself'],
  signed_out: ['服务器不再认这台平板，请导出救援文件', 'The server no longer takes this tablet: save the rescue file'],
  wiped: ['办公室已注销并清空这台平板', 'The office refused this tablet and cleared it'],
} as const

/** Why the server refused an item, and what to do. */
export const ITEM_REFUSALS = {
  submission_changed: ['同一编号的记录内容不同，请联系督导人员。', 'A record with this number says something else: ask a supervisor.'],
  document_changed: ['同一文书已收到另一份内容，请联系督导人员。', 'Another content came for this document: ask a supervisor.'],
  document_unacceptable: ['服务器读不懂这份文书，请联系管理员。', 'The server cannot read this document: ask the administrator.'],
  submission_too_large: ['记录太大，请联系管理员。', 'The record is too large: ask the administrator.'],
  submission_unacceptable: ['服务器读不懂这份记录，请联系管理员。', 'The server cannot read this record: ask the administrator.'],
  upload_too_large: ['文件太大，请联系管理员。', 'The file is too large: ask the administrator.'],
  hash_differs: ['服务器收到的与本机不同，请联系管理员。', 'What the server has differs from what is here: ask the administrator.'],
  content_damaged: ['本机的内容已损坏，请导出救援文件交给管理员。', 'It is damaged on this tablet: give the rescue file to the administrator.'],
  content_destroyed: ['服务器上的已到期销毁，本机的仍保留，请联系管理员。', 'The server destroyed its own on the day that was set; what is here is kept. Ask the administrator.'],
  not_enrolled: ['平板已被注销，请导出救援文件交给管理员。', 'The tablet was refused: give the rescue file to the administrator.'],
  tip_changed: ['同一编号的线索内容不同，请联系督导人员。', 'A lead with this number says something else: ask a supervisor.'],
  picture_unreadable: ['服务器读不懂这张照片，请联系管理员。', 'The server cannot read this picture: ask the administrator.'],
  other: ['原因：{word}。请联系管理员。', 'Reason: {word}. Ask the administrator.'],
} as const

export const PROPOSAL_STATES = {
  here: ['待发送', 'To be sent'],
  waiting: ['待审核：督导人员决定', 'A supervisor decides'],
  merged: ['已并入名录', 'Merged'],
  accepted: ['已采纳', 'Accepted'],
  refused: ['未采纳', 'Refused'],
  withdrawn: ['已撤回', 'Withdrawn'],
} as const

/** Why the server did not take a proposal; what a supervisor wrote stands as it is. */
export const PROPOSAL_REFUSALS = {
  invalid_input: ['服务器不接受所写的内容（例如代码校验位不对），请核对后重新提出。', 'What was written is not right (a check digit, say): look again and propose anew.'],
  not_found: ['名录中已没有这一项。', 'The register has it no more.'],
} as const
