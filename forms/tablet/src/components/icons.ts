/** Our own icons: strokes on a grid of 24, two units wide. Every activity has one, so that a list is read at a glance. */
export const ICONS = {
  today: 'M4 5h16v15H4zM4 10h16M8 3v4M16 3v4M8 15l2.5 2.5L16 13',
  find: 'M10.5 4a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13zM15.5 15.5 21 21',
  sync: 'M20 8A8.5 8.5 0 0 0 5 7M4 3v5h5M4 16a8.5 8.5 0 0 0 15 1M20 21v-5h-5',
  settings: 'M4 7h8M18 7h2M15 4.5v5M4 17h2M12 17h8M9 14.5v5',
  back: 'M11 5l-7 7 7 7M4 12h16',
  forward: 'M9 5l7 7-7 7',
  close: 'M5 5l14 14M19 5 5 19',
  check: 'M4 12.5 9.5 18 20 6.5',
  alert: 'M12 3.5 22 20.5H2zM12 10v5M12 17.8v.2',
  info: 'M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM12 11v6M12 7v.2',
  sun: 'M12 7.5a4.5 4.5 0 1 0 0 9 4.5 4.5 0 0 0 0-9zM12 1.5v2.5M12 20v2.5M1.5 12H4M20 12h2.5M4.6 4.6l1.8 1.8M17.6 17.6l1.8 1.8M4.6 19.4l1.8-1.8M17.6 6.4l1.8-1.8',
  language: 'M3 6h10M8 3v3M11 6c-1 5-4 8-8 10M5 9c2 4 5 6 8 7M12 21l4.5-11L21 21M13.5 17.5h6',
  lock: 'M5 11h14v10H5zM8 11V7a4 4 0 0 1 8 0v4M12 15v2',
  person: 'M12 4a4 4 0 1 0 0 8 4 4 0 0 0 0-8zM4 21c0-5 4-7 8-7s8 2 8 7',
  fingerprint: 'M6 18c1-3 1-5 1-7a5 5 0 0 1 10 0c0 4-.5 6-1.5 9M10 20c1.5-3 2-6 2-9M3.5 14c.4-1 .5-2 .5-3a8 8 0 0 1 13-6M20 9c.5 4 0 6-.5 9',
  scan: 'M4 8V4h4M16 4h4v4M20 16v4h-4M8 20H4v-4M4 12h16',
  send: 'M12 20V5M5 12l7-7 7 7',
  save: 'M12 4v12M6 11l6 6 6-6M4 21h16',
  pin: 'M12 22c5-6 7-9 7-12a7 7 0 0 0-14 0c0 3 2 6 7 12zM12 7.5a2.5 2.5 0 1 0 0 5 2.5 2.5 0 0 0 0-5z',
  plus: 'M12 4v16M4 12h16',
  minus: 'M4 12h16',
  book: 'M4 4h7a2 2 0 0 1 1 1.5V20c-1-1-2-1.5-4-1.5H4zM20 4h-7a2 2 0 0 0-1 1.5V20c1-1 2-1.5 4-1.5h4z',
  code: 'M4 4h6v6H4zM14 4h6v6h-6zM4 14h6v6H4zM14 14h2v2h-2zM18 18h2v2h-2zM18 14h2M14 18v2',
  clock: 'M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM12 7v5l3.5 2',
  storage: 'M4 4h16v6H4zM4 14h16v6H4zM7 7v.2M7 17v.2',
  box: 'M12 3l9 5v8l-9 5-9-5V8zM3 8l9 5 9-5M12 13v8',
  camera: 'M3 7h4l2-3h6l2 3h4v13H3zM12 9.5a4 4 0 1 0 0 8 4 4 0 0 0 0-8z',
  no_network: 'M2 8c6-5 14-5 20 0M6 12.5c4-3.3 8-3.3 12 0M12 18.5v.3M3 3l18 18',
  internet_cafe: 'M3 4h18v12H3zM8 20.5h8M12 16v4',
  song_and_dance: 'M9 3h6v8a3 3 0 0 1-6 0zM5 11a7 7 0 0 0 14 0M12 18v3',
  arcade: 'M4 15h16v5H4zM12 15V8M12 3a2.5 2.5 0 1 0 0 5 2.5 2.5 0 0 0 0-5z',
  bar: 'M4 4h16l-8 9zM12 13v7M8 20.5h8',
  tobacco: 'M2 14h14v5H2zM20 14v5M20 10c0-2-3-2-3-6',
  e_cigarette: 'M2 13h14v6H2zM16 14.5h6v3h-6M6 13v6M19 10c0-2-3-2-3-6',
  alcohol: 'M10 3h4v5l2 3v10H8V11l2-3zM8 15h8',
  welfare_lottery: 'M3 7h18v3a2 2 0 0 0 0 4v3H3v-3a2 2 0 0 0 0-4zM13 8v2M13 11.5v1.5M13 14.5v2',
  sports_lottery: 'M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM12 8l4 3-1.5 4.5h-5L8 11zM12 3v5M3.5 9.5 8 11M20.5 9.5 16 11M14.5 15.5 17 19M9.5 15.5 7 19',
  hotel: 'M3 5v15M3 16h18M21 20v-6a3 3 0 0 0-3-3h-8v5M6.5 9a2 2 0 1 0 0 4 2 2 0 0 0 0-4z',
  esports_hotel: 'M7 7h10a5 5 0 0 1 4 8c-1 3-3 2-4 0H7c-1 2-3 3-4 0a5 5 0 0 1 4-8zM8.5 9v4M6.5 11h4M16.5 11v.2',
  tattoo: 'M3 21l3-1L20 6l-2-2L4 18zM14 8l2 2M3 21h8',
  medical_aesthetics: 'M9 3h6v6h6v6h-6v6H9v-6H3V9h6z',
  script_play: 'M4 4c5 2 11 2 16 0v8c0 5-4 9-8 9s-8-4-8-9zM8 10h2.5M13.5 10H16M8.5 15c2 1.7 5 1.7 7 0',
  on_demand_cinema: 'M3 4h18v16H3zM7 4v16M17 4v16M3 12h4M17 12h4',
} as const

export type IconName = keyof typeof ICONS

/** The icon of an activity; a new one is a box until it has its own. */
export function iconOf(activity: string): IconName {
  return activity in ICONS ? (activity as IconName) : 'box'
}
