/** Words of the venue card (场所卡) and of the correction of its place. */
export const venue = {
  unknown: ['名录中没有这家场所', 'The register has no such venue'],
  address: ['地址', 'Address'],
  creditCode: ['统一社会信用代码', 'Credit code'],
  place: ['位置', 'Position'],
  placeOff: ['误差约 {n} 米', 'within about {n} m'],
  notKnown: ['未登记', 'not known'],
  licences: ['许可证', 'Licences'],
  noLicence: ['没有登记许可证', 'No licence is known'],
  until: ['有效期至 {day}', 'valid to {day}'],
  noEnd: ['未登记有效期', 'no end is known'],
  expired: ['已过期 {n} 天', 'expired {n} d ago'],
  expiresSoon: ['{n} 天后到期', 'expires in {n} d'],
  inForce: ['有效', 'valid'],
  distances: ['与学校、幼儿园的距离', 'Distances to schools and kindergartens'],
  noneNear: ['附近没有这类学校、幼儿园', 'No such site is near'],
  noDistances: ['附近没有受保护的学校、幼儿园，或这一业态没有距离规定。', 'No protected site is near, or no distance rule binds these activities.'],
  noPosition: ['名录中没有位置，不能核查距离。请提出位置更正。', 'The register has no position, so no distance can be told. Propose one.'],
  basis: ['理由和依据', 'Reason and basis'],
  noCitation: ['（原文未核对，不得引用）', '(text not read: not to be cited)'],
  history: ['最近的检查', 'Earlier visits'],
  found: ['发现 {n} 个问题', '{n} found'],
  clean: ['未发现问题', 'Nothing found'],
  noHistory: ['本机没有以前的检查记录', 'No earlier visit is on this tablet'],
  wrongPlace: ['位置不对？', 'Wrong place?'],
  begin: ['开始检查', 'Begin the visit'],
} as const

export const map = {
  title: ['周边示意图', 'Surroundings'],
  alt: ['场所与周边学校的示意图，各距离见下方列表', 'Sketch of the venue and the schools around it; every distance is in the list below'],
  ring: ['{n} 米圈', 'ring of {n} m'],
  width: ['图宽约 {n}', 'about {n} wide'],
  nearer: ['放大', 'Zoom in'],
  farther: ['缩小', 'Zoom out'],
  nearest: ['已经最大', 'No nearer'],
  farthest: ['已经最小', 'No farther'],
  legend: ['● 场所　▲ 校门　□ 校园　- - 距离', '● venue  ▲ gate  □ campus  - - distance'],
} as const

export const place = {
  title: ['更正位置', 'Correct the place'],
  advice: [
    '请站在场所门口再点。更正会作为建议发给督导人员审核，不会直接改名录。',
    'Stand at the entrance first. What you say goes to a supervisor as a proposal; the register is not changed by it.',
  ],
  here: ['我站在门口', 'I stand at the entrance'],
  again: ['重新定位', 'Measure again'],
  got: ['已定位，误差约 {n} 米', 'Found, within about {n} m'],
  poor: ['误差较大，请到开阔处重新定位。', 'That is not exact; step into the open and measure again.'],
  away: ['距名录中的位置 {far}', '{far} from the place in the register'],
  reason: ['说明', 'What is wrong'],
  reasonHint: ['例如“已迁至隔壁弄”。不要写姓名、证件号码。', 'E.g. “moved next door”. No names, no ID numbers.'],
  needsPlace: ['请先定位', 'Say where you stand first'],
  needsReason: ['请写明说明', 'Say what is wrong'],
  send: ['提出更正', 'Propose'],
  back: ['回到场所', 'Back to the venue'],
  sent: ['已记下，联网后发给督导人员。', 'Kept; it goes to a supervisor when there is a network.'],
} as const

/** The fields of the register that officers correct. */
export const FIELDS = {
  name: ['名称', 'Name'],
  address: ['地址', 'Address'],
  credit_code: ['统一社会信用代码', 'Credit code'],
  place: ['位置', 'Position'],
} as const

export const correct = {
  title: ['更正登记信息', 'Correct the register'],
  advice: [
    '把不对的改成实际的。无人改过的字段直接并入名录；他人同时改了同一字段的，由督导人员并列比较后决定。',
    'Write what is true. A field that nobody else changed goes into the register by itself; where somebody did, a supervisor compares both and decides.',
  ],
  wrong: ['登记信息不对？', 'Something wrong?'],
  reasonHint: ['例如“招牌已更换”。不要写姓名、证件号码。', 'E.g. “the sign was changed”. No names, no ID numbers.'],
  needsChange: ['请先修改不对的内容', 'Change what is wrong first'],
  codeWrong: ['统一社会信用代码为 18 位数字和大写字母', 'A credit code has 18 digits and capital letters'],
} as const
