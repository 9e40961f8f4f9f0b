"""Words of a school's own portal: its surroundings and the ways on."""

from backend.web.words.word import Word

own_school = Word("校园周边", "Around the school")
own_school_none = Word(
    "您的账号还没有对应的学校。请联系本单位的安全管理员。",
    "No school is assigned to your account yet. Ask the security administrator of your agency.",
)
portal_advice = Word(
    "距离为图上直线，只供了解情况，不是结论。",
    "Straight lines on the map, for information; they conclude nothing.",
)
portal_status_advice = Word(
    "“距离符合规定”：按登记位置，离学校足够远。“距离待复核”：要到现场量了才知道，不表示有问题。"
    "“距离待主管部门确定”：还没有规定多远才够。",
    "“Distance kept”: by the register it is far enough. “Distance under survey”: only a measurement on site "
    "tells; it accuses nobody. “Distance not set yet”: nobody has said how far is enough.",
)
portal_ways = Word("可以做什么", "What you can do")
from_outline = Word("距校园边界", "From the boundary")
from_gate = Word("距最近校门", "From the nearest gate")
from_point = Word("距校园位置点", "From the school’s point")

