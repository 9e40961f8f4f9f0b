/** Words of finding a venue and of looking up the law. */
export const find = {
  title: ['查找', 'Find'],
  venues: ['场所', 'Venues'],
  law: ['法规', 'Law'],
  kinds: ['查什么', 'What to look for'],
  label: ['名称、拼音、首字母、地址、许可证号或统一社会信用代码', 'Name, pinyin, initials, address, licence or credit code'],
  scan: ['扫描证照二维码', 'Scan a licence'],
  found: ['找到 {n} 家', '{n} found'],
  foundMany: ['显示前 {n} 家，请再多输几个字', 'The first {n}; type a little more'],
  none: ['没有找到', 'Nothing found'],
  noneAdvice: ['换一种写法，或者按名录外场所检查。', 'Spell it another way, or inspect it as a venue that the register lacks.'],
  unknownVenue: ['检查名录外场所', 'Inspect a venue that is not in the register'],
  start: ['例如“shywb”“珊瑚”“92319…”', 'E.g. “shywb”, “珊瑚”, “92319…”'],
  near: ['附近的场所', 'Venues near me'],
  nearest: ['离您最近的 {n} 家', 'The {n} nearest to you'],
  carried: ['本机有 {n} 家场所', '{n} venues are on this tablet'],
  noName: ['（未登记名称）', '(no name)'],
} as const

export const lawbook = {
  title: ['法规', 'Law'],
  label: ['义务、条款或法规名称', 'Duty, clause or name of a law'],
  activity: ['业态', 'Activity'],
  all: ['全部', 'All'],
  count: ['{n} 条义务', '{n} duties'],
  toConfirm: ['{names}（是否适用，须主管部门确认）', '{names} (whether it binds them is to be confirmed)'],
  breach: ['违法情形', 'What breaks it'],
  how: ['怎么查', 'How to check'],
  basis: ['依据', 'Basis'],
  notCitable: ['原文未核对，不得引用', 'The text was not read: not to be cited'],
  from: ['自 {day} 起施行', 'in force from {day}'],
  version: ['法规库版本 {version}。内容为本项目的概述，不是条文原文。', 'Rulebook version {version}. Summaries in our own words, not the text of the law.'],
  none: ['没有找到', 'Nothing found'],
} as const

export const DAY_CONDITIONS = {
  every_day: ['每天', 'every day'],
  except_statutory_days: ['国家法定节假日除外', 'except on statutory holidays'],
  except_days_off: ['节假日除外', 'except on days off'],
} as const
