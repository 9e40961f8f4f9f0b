"""An invented district in the open sea: its towns, schools and venues. Nothing in it exists.

Everything is drawn in metres east and north of a corner and turned into longitude and latitude at the end.
"""

import math
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from random import Random

import shapely
from shapely import LinearRing, LineString, MultiPoint, MultiPolygon, Point, Polygon, affinity, transform
from shapely.geometry.base import BaseGeometry
from stdnum.cn import uscc

SEED = 319901
WEST, SOUTH = 122.02, 30.87  # open water: nearer to the coast there are real schools
BLOCK_EAST, BLOCK_NORTH, BLOCKS = 1400.0, 1080.0, 8  # one site a block
WIDTH, HEIGHT = BLOCK_EAST * BLOCKS, BLOCK_NORTH * BLOCKS
DISTRICT_CODE, DISTRICT = "319901", "示例区（虚构）"
TOWNS = ["潮汐街道（虚构）", "灯塔街道（虚构）", "珊瑚镇（虚构）", "海鸥镇（虚构）"]  # 319901001 to 004
STREETS = ["潮声路", "浪花路", "白帆路", "贝壳路", "海星街", "银滩大道", "晨雾路", "月湾街"]
WORDS = ["蓝鲸", "海鸥", "珊瑚", "灯塔", "白帆", "贝壳", "海星", "银滩", "晨雾", "月湾", "潮声", "浪花"]

# activity: (how many, endings of names, licence number or nothing where the trade needs none of its own)
ACTIVITIES: dict[str, tuple[int, list[str], str | None]] = {
    "internet_cafe": (48, ["网吧", "网咖", "电竞馆"], "虚网〔{year}〕{n:04}号"),
    "song_and_dance": (30, ["歌厅", "KTV", "舞厅"], "虚娱〔{year}〕{n:04}号"),
    "arcade": (15, ["电玩城", "游艺厅"], "虚游〔{year}〕{n:04}号"),
    "bar": (40, ["酒吧", "清吧"], "虚食〔{year}〕{n:04}号"),
    "tobacco": (70, ["烟酒店", "便利店", "杂货店"], "虚烟3199{n:06}"),
    "e_cigarette": (20, ["电子烟专卖店"], "虚电烟3199{n:06}"),
    "alcohol": (50, ["酒行", "超市", "便利店"], "虚酒3199{n:06}"),
    "welfare_lottery": (20, ["福利彩票投注站"], "虚福3199{n:04}"),
    "sports_lottery": (20, ["体育彩票销售点"], "虚体3199{n:04}"),
    "hotel": (35, ["宾馆", "旅馆", "酒店"], "虚旅特〔{year}〕{n:04}号"),
    "esports_hotel": (12, ["电竞酒店"], "虚旅特〔{year}〕{n:04}号"),
    "tattoo": (10, ["纹身工作室"], None),
    "medical_aesthetics": (10, ["医疗美容门诊部"], "虚医美3199{n:04}"),
    "script_play": (12, ["剧本娱乐馆"], None),
    "on_demand_cinema": (8, ["点播影院"], "虚点播3199{n:04}"),
}
BESIDE = {"hotel": "esports_hotel", "tobacco": "alcohol", "song_and_dance": "bar"}  # what some do as well
# kind: (how many, word in the register, ending of names)
KINDS = {
    "primary": (17, "小学", "小学"),
    "middle": (12, "初级中学", "中学"),
    "vocational": (3, "中等职业学校", "职业技术学校"),
    "special": (1, "特殊教育学校", "特殊教育学校"),
    "specialised": (1, "专门学校", "专门学校"),
    "kindergarten": (25, "幼儿园", "幼儿园"),
    "other": (1, "培训机构", "培训中心"),
}


@dataclass
class Site:
    ref: str
    name: str
    kind: str
    shape: BaseGeometry  # metres: outline, gates or point
    gates: BaseGeometry | None
    address: str
    opened_on: date


@dataclass
class Venue:
    ref: str
    name: str
    activities: list[str]
    shape: BaseGeometry | None  # metres: entrance, drawn area, or nothing
    accuracy_m: float | None
    address: str
    credit_code: str | None
    established_on: date
    licences: dict[str, tuple[str, date, date]]  # by activity: number, issued on, expires on


def to_lonlat(shape: BaseGeometry) -> BaseGeometry:
    """Metres to degrees, to seven decimals (a centimetre)."""
    phi = math.radians(SOUTH + 0.039)
    w2 = 1 - 0.00669438002290 * math.sin(phi) ** 2
    east = math.radians(6378137 / math.sqrt(w2) * math.cos(phi))
    north = math.radians(6378137 * (1 - 0.00669438002290) / w2**1.5)
    return transform(shape, lambda xy: (xy / [east, north] + [WEST, SOUTH]).round(7))


def towns() -> list[Polygon]:
    """The four towns, from the south-west eastwards; neighbours share every corner of their border."""
    random = Random(SEED)

    def crooked(*ends: tuple[float, float]) -> list[tuple[float, float]]:
        (x1, y1), (x2, y2) = ends
        inner = [(x1 + (x2 - x1) * t / 6, y1 + (y2 - y1) * t / 6) for t in range(1, 6)]
        return [
            ends[0],
            *((x + random.uniform(-90, 90), y + random.uniform(-90, 90)) for x, y in inner),
            ends[1],
        ]

    west, south, east, north = -200.0, -200.0, WIDTH + 200, HEIGHT + 200
    corners = [(west, south), (east, south), (east, north), (west, north), (west, south)]
    coast = LinearRing([point for ends in pairwise(corners) for point in crooked(*ends)[:-1]])
    borders = [LineString(crooked((WIDTH / 2, south - 200), (WIDTH / 2, north + 200)))]
    borders += [LineString(crooked((west - 200, HEIGHT / 2), (east + 200, HEIGHT / 2)))]
    pieces = shapely.polygonize([shapely.union_all([coast, *borders])]).geoms
    return sorted(pieces, key=lambda piece: (piece.centroid.y > HEIGHT / 2, piece.centroid.x))


def address(random: Random) -> str:
    return f"{DISTRICT}{random.choice(STREETS)}{random.randint(1, 999)}号"


def day(random: Random, first: int, last: int) -> date:
    return date(first, 1, 1) + timedelta(days=random.randrange(365 * (last - first + 1)))


def sites() -> list[Site]:
    """One site in each of 60 blocks."""
    random = Random(SEED + 1)
    kinds = [kind for kind, (count, _, _) in KINDS.items() for _ in range(count)]
    random.shuffle(kinds)
    blocks = random.sample(range(BLOCKS * BLOCKS), len(kinds))
    seen: dict[str, int] = {}
    found = []
    for number, (kind, block) in enumerate(zip(kinds, sorted(blocks), strict=True), 1):
        seen[kind] = seen.get(kind, 0) + 1
        at = ((block % BLOCKS + 0.5) * BLOCK_EAST, (block // BLOCKS + 0.5) * BLOCK_NORTH)
        centre = (at[0] + random.uniform(-250, 250), at[1] + random.uniform(-150, 150))
        shape, gates = _campus(random, kind, seen[kind], centre)
        name = f"{random.choice(WORDS)}第{'十一二三四五六七八九'[number % 10]}{KINDS[kind][2]}"
        opened_on = day(random, 1985, 2024)
        found.append(Site(f"S{number:03}", name, kind, shape, gates, address(random), opened_on))
    return found


def _campus(
    random: Random, kind: str, nth: int, centre: tuple[float, float]
) -> tuple[BaseGeometry, BaseGeometry | None]:
    """Outline with gates, gates only, or a point: what a register knows of a school."""
    outline = _block(random, centre, random.uniform(120, 220), random.uniform(90, 160))
    corners = list(outline.exterior.coords)
    gates = MultiPoint([_between(corners[i], corners[i + 1]) for i in (0, 2)])
    match kind, nth:
        case ("kindergarten", n) if n > 8:
            return Point(centre), None
        case ("other", _) | ("primary", 1 | 2 | 3):
            return Point(centre), None
        case ("middle", 1 | 2):
            return gates, None
        case ("middle", 3):  # the courtyard belongs to somebody else
            yard = affinity.scale(outline, 0.4, 0.4)
            return Polygon(outline.exterior, [yard.exterior]), gates
        case ("vocational", 1):  # two campuses with a road between them
            return MultiPolygon([outline, affinity.translate(outline, 330, 0)]), gates
        case ("middle" | "vocational", _):
            return outline, gates
    return outline, None


def _block(random: Random, centre: tuple[float, float], wide: float, high: float) -> Polygon:
    """A rectangle with one corner cut off, a little turned."""
    x, y, cut = wide / 2, high / 2, high / 4
    shape = Polygon([(-x, -y), (x, -y), (x, y - cut), (x - cut, y), (-x, y)])
    return affinity.translate(affinity.rotate(shape, random.uniform(-15, 15), origin=(0, 0)), *centre)


def _between(a: tuple[float, ...], b: tuple[float, ...]) -> tuple[float, float]:
    return (a[0] + b[0]) / 2, (a[1] + b[1]) / 2


def venues(around: list[Site]) -> list[Venue]:
    """Some 400 venues of all activities; where the internet cafes stand is chosen, the rest is chance."""
    random = Random(SEED + 2)
    found: list[Venue] = []
    for activity, (count, endings, _) in ACTIVITIES.items():
        for nth in range(count):
            shape, accuracy_m = _place(random, around, activity, nth)
            doing = [activity, BESIDE[activity]] if activity in BESIDE and nth % 5 == 4 else [activity]
            number = len(found) + 1
            name = f"{random.choice(WORDS)}{random.choice(WORDS)[0]}{random.choice(endings)}"
            since = day(random, 2008, 2024)
            code = _credit_code(number) if random.random() < 0.9 else None
            licences = _licences(random, doing, since, number)
            where = address(random)
            found.append(Venue(f"V{number:03}", name, doing, shape, accuracy_m, where, code, since, licences))
    return found


def _place(
    random: Random, around: list[Site], activity: str, nth: int
) -> tuple[BaseGeometry | None, float | None]:
    """Position and its accuracy. Every 34th venue has none, every 33rd is drawn as an area."""
    if activity == "internet_cafe":
        return _cafe(random, around, nth)
    point = _anywhere(random)
    if nth % 34 == 7:
        return None, None
    if nth % 33 == 9:
        return _block(random, (point.x, point.y), 40, 25), 5
    return point, random.choice([None, None, None, None, 5, 5, 10, 0])


def _cafe(random: Random, around: list[Site], nth: int) -> tuple[BaseGeometry | None, float | None]:
    """14 well within 200 m of a school's outline, 10 about there, 22 far from any site, 2 not placed."""
    schools = [s.shape for s in around if s.kind in ("primary", "middle") and s.shape.area]
    if nth >= 46:
        return None, None
    while True:
        point = _anywhere(random)
        to_school = min(point.distance(shape) for shape in schools)
        if nth < 14 and 30 < to_school < 150:
            return point, 5
        if 14 <= nth < 20 and 194 < to_school < 206:
            return point, 10
        if 20 <= nth < 24 and 170 < to_school < 230:
            return point, None
        if nth >= 24 and min(point.distance(s.shape) for s in around) > 450:
            drawn = nth in (30, 40)
            return (_block(random, (point.x, point.y), 40, 25), 5) if drawn else (point, [None, 5][nth % 2])


def _anywhere(random: Random) -> Point:
    return Point(random.uniform(0, WIDTH), random.uniform(0, HEIGHT))


def _credit_code(number: int) -> str:
    body = f"92{DISTRICT_CODE}MA{number:07}"
    return body + uscc.calc_check_digit(body)


def _licences(
    random: Random, activities: list[str], since: date, number: int
) -> dict[str, tuple[str, date, date]]:
    found = {}
    for activity in activities:
        if pattern := ACTIVITIES[activity][2]:
            issued = since + timedelta(days=random.randrange(10, 200))
            expires = issued.replace(year=issued.year + random.choice([3, 5, 10]), day=1)
            found[activity] = (pattern.format(year=issued.year, n=number), issued, expires)
    return found
