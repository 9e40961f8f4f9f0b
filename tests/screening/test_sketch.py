import re
from xml.etree import ElementTree

import pytest
import shapely

from backend.screening.rules import Verdict
from backend.screening.sketch import Dot, Words, draw
from tests.screening.places import ORIGIN, at, square

CAMPUS = square(-50, -50, 100)


def drawn(place=CAMPUS, gates=None, dots=(), *, radius_m=200.0, title="示例学校周边"):
    """The sketch's parts by their class, and its text."""
    text = draw(place, gates, dots, radius_m=radius_m, words=Words(title))
    svg, parts = ElementTree.fromstring(text.replace("xmlns=", "data-xmlns=")), {}
    for part in svg:
        parts.setdefault(part.get("class"), []).append(part)
    return parts | {"svg": [svg]}, text


def numbers(path):
    return [float(number) for number in re.findall(r"-?[\d.]+", path.get("d"))]


def where(part):
    return tuple(map(float, re.findall(r"-?[\d.]+", part.get("transform"))))


def test_the_ring_is_as_far_from_the_campus_as_the_scale_bar_says():
    parts, _ = drawn()
    (ring,), (site,), (scale,) = parts["ring"], parts["site"], parts["scale"]

    per_metre = max(numbers(scale.find("path"))) / int(scale.find("text").text.split()[0])
    gap = min(numbers(site)[::2]) - min(numbers(ring)[::2])

    assert gap / per_metre == pytest.approx(200, rel=0.005)


def test_north_is_up_and_east_is_right():
    parts, _ = drawn(dots=[Dot(*at(0, 300), "1", "北边"), Dot(*at(300, 0), "2", "东边")])

    east, north = sorted(map(where, parts["venue"]), reverse=True)

    assert (north[0] < east[0], north[1] < east[1]) == (True, True)


def test_a_verdict_is_told_by_shape_and_words_and_not_by_colour_alone():
    dots = [Dot(*at(100 * n, 0), str(n), f"网吧{n}: {v.value}", v) for n, v in enumerate(Verdict)]
    parts, _ = drawn(dots=[*dots, Dot(*at(0, 200), "5", "旅馆")])

    looks = [(mark.find("path").get("d"), mark.find("path").get("fill")) for mark in parts["venue"]]
    assert len(set(looks)) == 5
    assert len({shape for shape, _ in looks}) == 4  # no verdict: the round mark, but hollow


def test_a_hole_in_a_campus_stays_a_hole():
    island = shapely.Polygon(CAMPUS.exterior, [square(-10, -10, 20).exterior])

    (campus,) = drawn(island)[0]["site"]

    assert (campus.get("d").count("M"), campus.get("fill-rule")) == (2, "evenodd")


SEVERAL = shapely.MultiPolygon([CAMPUS, square(300, 0, 50)])
GATES = shapely.MultiPoint([ORIGIN, at(20, 0)])


@pytest.mark.parametrize(
    ("place", "gates", "expected"),
    [
        (shapely.Point(ORIGIN), None, {"site": 1}),
        (GATES, GATES, {"gate": 2}),
        (SEVERAL, None, {"site": 1}),
        (SEVERAL, GATES, {"site": 1, "gate": 2}),
    ],
)
def test_every_kind_of_site_is_drawn(place, gates, expected):
    parts, _ = drawn(place, gates)

    assert {name: len(some) for name, some in parts.items() if name in ("site", "gate")} == expected


def test_no_name_gets_into_the_markup():
    evil = '</title><script>alert("1")</script>\x00\x1b'

    parts, text = drawn(dots=[Dot(*at(60, 0), evil, evil)], title=evil)

    assert "<script" not in text
    (svg,) = parts["svg"]
    assert (svg.get("role"), svg.get("aria-label")) == ("img", evil[:-2] + "  ")
    assert "style=" not in text
