"""Words of the trends."""

from backend.web.words.word import Word

trends = Word("违法率趋势", "Trends")
trends_hint = Word(
    "违法率＝发现违法的检查占全部检查的比例，竖线是 95% 区间；少于 5 次不作判断。按整月或整季统计。"
    "外区只按季度显示已公开部分，与检查地图一致。",
    "Rate: visits that found a violation among all visits; the bar is its 95 % interval. Fewer than 5 are "
    "not judged. Periods count whole. Other districts are told by quarter, as on the map.",
)
trend_step = Word("时期", "Periods")
trend_by = Word("分项", "Told apart by")
trend_against = Word("对比", "Held against")
trend_period = Word("时期", "Period")
trend_series = Word("分项", "Of")
trend_running = Word("{period}（未结束）", "{period} (not over)")
trend_own = Word("本辖区", "Own areas")
trend_others = Word("外区", "elsewhere")
trend_rate = Word("违法率", "Rate")
trend_chart = Word(
    "违法率趋势图，{periods}。下面的表格内容相同。",
    "Chart of rates, {periods}. The table below says the same.",
)
trend_most = Word(
    "图中只画检查次数最多的 {most} 项，其余见表。",
    "Drawn are the {most} with most visits; the table has all.",
)
trend_no_script = Word(
    "浏览器不能显示图；下面的表格内容相同。", "This browser shows no chart; the table says the same."
)
trends_none = Word("这段时间没有检查。", "There were no visits in this time.")
trend_change = Word("比{against}", "Against {against}")

STEPS = {"month": Word("按月", "Months"), "quarter": Word("按季度", "Quarters")}
PARTED = {
    "all": Word("不分项", "Not told apart"),
    "activity": Word("按业态", "Activity"),
    "area": Word("按街镇", "Street-town"),
}
AGAINST = {
    "previous": Word("上一期", "the period before"),
    "year": Word("上年同期", "the year before"),
}
