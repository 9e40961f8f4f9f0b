/** Short names of activities, kinds of sites and states; the full names stand in the rulebook. */
export const ACTIVITIES = {
  internet_cafe: ['网吧', 'Internet cafe'],
  song_and_dance: ['歌舞娱乐', 'Song and dance'],
  arcade: ['游艺娱乐', 'Arcade'],
  bar: ['酒吧', 'Bar'],
  tobacco: ['烟草零售', 'Tobacco'],
  e_cigarette: ['电子烟', 'E-cigarettes'],
  alcohol: ['酒类销售', 'Alcohol'],
  welfare_lottery: ['福利彩票', 'Welfare lottery'],
  sports_lottery: ['体育彩票', 'Sports lottery'],
  hotel: ['旅馆', 'Hotel'],
  esports_hotel: ['电竞酒店', 'E-sports hotel'],
  tattoo: ['文身', 'Tattoo'],
  medical_aesthetics: ['医疗美容', 'Medical aesthetics'],
  script_play: ['剧本娱乐', 'Script play'],
  on_demand_cinema: ['点播影院', 'On-demand cinema'],
} as const

export const SITE_KINDS = {
  primary: ['小学', 'Primary school'],
  middle: ['中学', 'Middle school'],
  vocational: ['中等职业学校', 'Vocational school'],
  special: ['特殊教育学校', 'Special school'],
  specialised: ['专门学校', 'Specialised school'],
  kindergarten: ['幼儿园', 'Kindergarten'],
  other: ['其他（不受保护）', 'Other (not protected)'],
} as const

export const TASK_KINDS = {
  planned: ['计划检查', 'Planned'],
  triggered: ['触发式检查', 'Triggered'],
  re_inspection: ['复查', 'Re-inspection'],
} as const

export const TRIGGERS = {
  tip: ['投诉举报', 'Report'],
  transfer: ['移送', 'Transfer'],
  campaign: ['专项行动', 'Campaign'],
} as const

export const VERDICTS = {
  inside: ['距离不足', 'Too near'],
  survey: ['须现场测量', 'To be measured'],
  not_configured: ['范围未划定', 'No distance is set'],
  clear: ['符合', 'Kept'],
} as const

export const METHODS = {
  boundary_straight_line: ['自校园边界的直线', 'straight line from the boundary'],
  gate_straight_line: ['自校门的直线', 'straight line from a gate'],
  point_straight_line: ['自校园内一点的直线', 'straight line from a point of the campus'],
  gate_to_door_walking: ['校门至场所门口的步行路线', 'on foot from gate to door'],
  any_door_to_any_door_walking: ['任一门至任一门的步行路线', 'on foot from any door to any door'],
  gate_centre_to_door_centre_walking: ['校门中点至场所门中点的步行路线', 'on foot from gate centre to door centre'],
  unspecified: ['量法没有规定', 'way of measuring not laid down'],
} as const
