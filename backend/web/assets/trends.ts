/** The chart of trends. The table below it says the same, and is all there is without scripts. */
import { CustomChart, LineChart } from 'echarts/charts'
import { GridComponent, LegendComponent, TooltipComponent } from 'echarts/components'
import { init, use } from 'echarts/core'
import { CanvasRenderer } from 'echarts/renderers'

import { type Chart, optionsOf } from './trends/options'

use([CustomChart, LineChart, GridComponent, LegendComponent, TooltipComponent, CanvasRenderer])

function draw(figure: HTMLElement, place: HTMLElement, chart: Chart): void {
  figure.dataset.drawn = 'yes' // now the place has its height
  const drawn = init(place)
  drawn.setOption(optionsOf(chart, place.clientWidth))
  const fit = (): void => {
    drawn.resize()
    drawn.setOption(optionsOf(chart, place.clientWidth))
  }
  for (const change of ['resize', 'beforeprint', 'afterprint']) window.addEventListener(change, fit)
}

const figure = document.getElementById('chart-figure')
const place = document.getElementById('chart')
if (figure?.dataset.chart && place) draw(figure, place, JSON.parse(figure.dataset.chart) as Chart)
