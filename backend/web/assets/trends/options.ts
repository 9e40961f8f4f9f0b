/** How a chart of rates looks: a line a series, its interval as a bar through each point, a sign beside each colour. */
import type { CustomSeriesOption, LineSeriesOption } from 'echarts/charts'
import type { EChartsCoreOption } from 'echarts/core'

type Rate = [rate: number, low: number, high: number] | null
interface Line { name: string; rates: Rate[]; visits: number[]; before: Rate[] }
export interface Chart { periods: string[]; series: Line[]; words: { rate: string; visits: string; few: string; before: string | null } }

const SIGNS = ['circle', 'rect', 'triangle', 'diamond', 'emptyCircle', 'emptyRect']
const percent = (share: number): string => `${Math.round(share * 100)}%`

export function optionsOf(chart: Chart, width: number): EChartsCoreOption {
  const style = getComputedStyle(document.documentElement)
  const token = (name: string): string => style.getPropertyValue(`--${name}`).trim()
  const size = parseFloat(style.fontSize) * 0.875
  const colours = [token('accent'), token('focus'), token('ok'), token('slate'), '#3f7fb3', token('edge')]
  const text = { color: token('ink'), fontSize: size, fontFamily: getComputedStyle(document.body).fontFamily }
  const rows = Math.ceil(chart.series.reduce((wide, { name }) => wide + name.length * size + 45, 0) / (width - 32)) // of the legend
  const isStill = matchMedia('(prefers-reduced-motion: reduce)').matches
  return {
    animation: !isStill, animationDuration: 300, color: colours, textStyle: text,
    grid: { left: 8, right: 16, top: size * (2 + 1.75 * rows), bottom: 8, containLabel: true },
    legend: { type: 'plain', top: 0, left: 'center', width: width - 32, textStyle: text },
    tooltip: { // drawn on the canvas: the policy of the page allows no style in markup
      trigger: 'axis', renderMode: 'richText', confine: true, textStyle: text, backgroundColor: token('paper-raised'), borderColor: token('line'),
      axisPointer: { lineStyle: { color: token('edge') } },
      formatter: (shown: unknown) => told(chart, (shown as { dataIndex: number }[])[0]?.dataIndex ?? 0),
    },
    xAxis: { type: 'category', data: chart.periods, axisLabel: text, axisTick: { show: false }, axisLine: { lineStyle: { color: token('edge') } } },
    yAxis: { type: 'value', min: 0, max: (range: { max: number }) => Math.min(1, Math.ceil(range.max * 5) / 5 || 1), axisLabel: { ...text, formatter: percent }, splitLine: { lineStyle: { color: token('line-soft') } } },
    series: chart.series.flatMap((line, at) => drawn(line, SIGNS[at] ?? 'circle', colours[at] ?? token('ink'), chart)),
  }
}

function drawn(line: Line, symbol: string, colour: string, { series, words }: Chart): (LineSeriesOption | CustomSeriesOption)[] {
  const rates: LineSeriesOption = {
    type: 'line', name: line.name, symbol, symbolSize: 9, color: colour, lineStyle: { width: 2 }, data: line.rates.map((rate) => rate?.[0] ?? null), z: 3,
  }
  const bars: CustomSeriesOption = {
    type: 'custom', name: line.name, color: colour, renderItem: bar(colour), encode: { x: 0, y: [1, 2] }, silent: true, z: 2,
    data: line.rates.flatMap((rate, at) => (rate ? [[at, rate[1], rate[2]]] : [])),
  }
  const before: LineSeriesOption = {
    type: 'line', name: words.before ?? '', symbol: 'none', color: colour, lineStyle: { width: 1.5, type: 'dashed', opacity: 0.7 }, data: line.before.map((rate) => rate?.[0] ?? null),
  }
  return series.length === 1 && words.before ? [rates, bars, before] : [rates, bars]
}

/** From the lower to the upper bound, with a foot at either end. */
function bar(colour: string): NonNullable<CustomSeriesOption['renderItem']> {
  return (_, api) => {
    const [x = 0, low = 0] = api.coord([api.value(0), api.value(1)])
    const [, high = 0] = api.coord([api.value(0), api.value(2)])
    const style = { stroke: colour, lineWidth: 1.5, opacity: 0.55 }
    const stroke = (x1: number, y1: number, x2: number, y2: number) => ({ type: 'line' as const, shape: { x1, y1, x2, y2 }, style })
    return { type: 'group', children: [stroke(x, low, x, high), stroke(x - 4, low, x + 4, low), stroke(x - 4, high, x + 4, high)] }
  }
}

function told({ periods, series, words }: Chart, at: number): string {
  const lines = series.map(({ name, rates, visits }) => {
    const rate = rates[at]
    const said = rate ? `${percent(rate[0])}（${percent(rate[1])}–${percent(rate[2])}）` : words.few
    return `${name}  ${said}  ${words.visits} ${visits[at] ?? 0}`
  })
  return [periods[at], ...lines].join('\n')
}
