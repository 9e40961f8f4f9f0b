"""Words of the map."""

from backend.web.words.word import Word

city_map = Word("检查地图", "Map")
map_shows = Word("显示", "Show")
map_points = Word("场所", "Venues")
map_cells = Word("网格", "Hexagons")
map_areas = Word("街镇", "Street-towns")
map_change = Word("两期对比", "Two periods")
map_status = Word("最近一次检查", "Newest visit")
map_ring_of = Word("{site}周边 {metres} 米", "{metres} m around {site}")
map_ring_drop = Word("取消校园周边", "Not only around this school")
map_within = Word("范围（米）", "Within (m)")
map_since = Word("检查日期起", "Visits from")
map_until = Word("检查日期止", "Visits until")
map_before_since = Word("对比期起", "Compared from")
map_before_until = Word("对比期止", "Compared until")
map_of_agency = Word("检查单位", "Agency")
map_legend = Word("图例", "Legend")
map_several = Word("多家场所（放大后逐家显示）", "Several venues; zoom in")
map_campus = Word("学校、幼儿园及范围线", "Schools, kindergartens and their rings")
map_loading = Word("正在绘制地图…", "Drawing the map…")
map_no_script = Word(
    "浏览器不能显示交互地图，下面是静态图；表格内容相同。",
    "This browser shows no interactive map. Here is a picture; the table says the same.",
)
map_failed = Word(
    "地图数据没有取到，请刷新重试；下面的表格不受影响。",
    "The map's data did not come; reload. The table below is whole.",
)
map_picture = Word("地图静态图", "The map as a picture")
map_picked = Word("所选位置", "Chosen place")
map_pick_something = Word(
    "点选地图上的网格、街镇、场所或学校查看详情。",
    "Choose a hexagon, street-town, venue or school on the map.",
)
map_visits_here = Word("查看检查记录", "Visits here")
map_venue_page = Word("打开场所", "Open the venue")
map_site_page = Word("打开学校", "Open the school")
map_only_around = Word("只看周边 200 米", "Only 200 m around it")
map_together = Word("此处有 {count} 家场所，放大后逐家显示。", "{count} venues here; zoom in to see each.")
map_place = Word("位置", "Place")
map_cell = Word("网格 {name}", "Hexagon {name}")
map_cell_outside = Word("外区", "another district")
map_visits = Word("检查次数", "Visits")
map_with_violation = Word("发现违法的次数", "Visits with a violation")
map_rate = Word("违法率（95% 区间）", "Rate (95 % interval)")
map_gathers = Word("聚集", "Gathering")
map_gathers_more = Word("明显偏高", "clearly higher")
map_gathers_less = Word("明显偏低", "clearly lower")
map_gathers_no = Word("不明显", "not clear")
map_too_few = Word("次数太少", "too few")
map_not_told = Word("不公开", "not told")
map_now = Word("本期违法率", "Rate in the period")
map_before = Word("对比期违法率", "Rate before")
map_difference = Word("变化（95% 区间）", "Change (95 % interval)")
map_rises = Word("上升", "rose")
map_falls = Word("下降", "fell")
map_unclear = Word("看不出变化", "no clear change")
map_none = Word("没有符合条件的检查或场所。", "No visit or venue fits.")
map_choose_periods = Word(
    "请先选择本期和对比期的起止日期；对比期应在本期之前，两期不重叠。",
    "Choose both periods first; the compared one comes before, and they do not overlap.",
)
map_rate_hint = Word(
    "违法率＝发现违法的检查占全部检查的比例；少于 5 次不作判断。聚集按 Getis-Ord Gi* 计算并控制误报。"
    "外区只显示季度结束一段时间后定稿、且不能推知个案的数据。",
    "Rate: visits that found a violation among all visits; fewer than 5 are not judged. "
    "Gathering: Getis-Ord Gi* with few false alarms. Other districts show only quarters that were frozen "
    "some time after their end, and nothing about a single case.",
)
map_visits_at = Word("该处的检查", "Visits there")
map_below_own = Word("底图由本系统的辖区边界和登记数据绘制。", "Drawn from our own areas and register.")
map_below_archive = Word("底图：{source}", "Map beneath: {source}")
map_below_tianditu = Word(
    "底图：天地图（国家地理信息公共服务平台）",
    "Map beneath: Tianditu (national platform for common geospatial information services)",
)
map_roads_from = Word("道路：{source}（{day}）", "Roads: {source} ({day})")
map_roads = Word("道路", "Roads")
map_zoom_in = Word("放大", "Zoom in")
map_zoom_out = Word("缩小", "Zoom out")
map_title = Word("地图", "Map")
map_with_ctrl = Word("按住 Ctrl 滚动，放大或缩小地图", "Hold Ctrl and scroll to zoom the map")
map_two_fingers = Word("用两个手指移动地图", "Use two fingers to move the map")
map_here = Word("{venue}附近", "Near {venue}")
map_here_drop = Word("看全部", "Show all")
map_see = Word("在地图上看", "On the map")

early_warnings = Word("预警", "Early warning")
early_warnings_hint = Word(
    "预警只提示去看一看，不打分、不定性；每条都写明规则和作出提示的记录。",
    "A warning says where to look. It gives no points and finds nobody guilty; "
    "each names its rule and its rows.",
)
warning_about = Word("对象", "About")
warning_rule = Word("规则", "Rule")
warning_because = Word("原因", "Why")
warning_rows = Word("依据的记录", "Rows")
warning_rows_count = Word("{count} 条记录", "{count} rows")
warnings_none = Word("没有预警。", "No warning.")
ALERT_ROWS = {
    "visit": Word("检查", "Visit"),
    "violation": Word("违法行为", "Violation"),
    "id_check": Word("身份核验", "ID check"),
    "licence": Word("许可证", "Licence"),
    "verdict": Word("距离核查", "Distance verdict"),
}
MAP_STATUS = {
    "found": Word("发现违法", "Violation found"),
    "review": Word("待人工判断", "Waits for review"),
    "clean": Word("未发现问题", "Nothing found"),
    "unvisited": Word("未检查", "Not visited"),
}
