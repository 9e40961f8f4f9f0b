"""Records that were not made where and when they say: each sign with its limit, and what is no sign."""

from datetime import datetime, timedelta

import pytest

from backend.inspections.quality import Bounds, Earlier, digest, doubts
from tests.screening.places import ORIGIN, at

BOUNDS = Bounds(answer_s=3, same_answers=10, same_visits=3, apart_m=300, fastest_kmh=130)
BEGUN = datetime.fromisoformat("2026-11-20T10:00:00+08:00")
ENDED = datetime.fromisoformat("2026-11-20T10:25:00+08:00")
PLACED = {"place/position": f"{ORIGIN[1]} {ORIGIN[0]} 4.0 8.5"}


def earlier(east_m=0.0, *, begun=BEGUN, ended=ENDED, **columns):
    lon, lat = at(east_m)
    usual = {
        "visit_no": "uuid:other", "instance_id": "uuid:other", "form_id": "internet_cafe",
        "started_at": begun, "ended_at": ended, "lon": lon, "lat": lat, "accuracy_m": 5.0, "digest": None,
    }  # fmt: skip
    return Earlier(**(usual | columns))


def found(visit, others=(), **bounds):
    return list(
        doubts(visit, others, Bounds(**({**{n: getattr(BOUNDS, n) for n in BOUNDS.__slots__}, **bounds})))
    )


def every_item(visit, value):
    return visit(answers={f"duties/{one.item}": value for one in visit().answers})


def test_a_visit_in_order_raises_no_doubt(visit):
    assert found(visit(), [earlier()]) == []


@pytest.mark.parametrize(("spare_s", "expected"), [(-1, ["too_fast"]), (0, []), (-600, ["too_fast"])])
def test_an_answer_takes_three_seconds_at_least(visit, spare_s, expected):
    ended = BEGUN + timedelta(seconds=3 * len(visit().answers) + spare_s)

    assert found(visit(answers={"end": ended.isoformat()})) == expected


def test_no_clock_no_haste(visit):
    assert found(visit(answers={"end": ""})) == []


def test_every_answer_alike_is_a_sign(visit):
    alike = every_item(visit, "compliant")

    assert found(alike) == ["answers_all_alike"]
    assert found(alike, same_answers=len(alike.answers) + 1) == []


def test_the_same_answers_as_in_the_last_visits_are_a_sign(visit):
    made = visit()
    same, other = earlier(digest=digest(made)), earlier(digest=b"other")

    assert found(made, [same] * 3) == ["answers_as_before"]
    assert found(made, [same] * 2) == []
    assert found(made, [same, other, same, same]) == []
    assert found(made, [earlier(form_id="bar", digest=b"bar"), *[same] * 3]) == ["answers_as_before"]


def test_counts_are_answers_too(visit):
    assert digest(visit(id_checks=[{"people_checked": "5"}])) != digest(
        visit(id_checks=[{"people_checked": "6"}])
    )


@pytest.mark.parametrize(
    ("east_m", "begun_min", "expected"),
    [
        pytest.param(400, 10, ["two_places"], id="400 m away at the same time"),
        pytest.param(310, 10, [], id="within both errors"),
        pytest.param(0, 10, [], id="a colleague of oneself in one place"),
        pytest.param(30_000, 30, ["too_far_too_soon"], id="30 km in 5 minutes"),
        pytest.param(5_000, 30, [], id="5 km in 5 minutes"),
        pytest.param(30_000, 60, [], id="30 km in 35 minutes"),
        pytest.param(30_000, -30, ["too_far_too_soon"], id="30 km away shortly before"),
        pytest.param(30_000, -25, ["two_places"], id="no time between"),
    ],
)
def test_an_officer_is_in_one_place_at_a_time(visit, east_m, begun_min, expected):
    begun = BEGUN + timedelta(minutes=begun_min)
    other = earlier(east_m, begun=begun, ended=begun + timedelta(minutes=25))

    assert found(visit(answers=PLACED), [other]) == expected


@pytest.mark.parametrize(
    "columns",
    [{"visit_no": "uuid:1"}, {"instance_id": "uuid:1"}, {"lon": None}, {"accuracy_m": None}, {"ended": None}],
)
def test_what_says_nothing_of_two_places(visit, columns):
    made = visit(answers=PLACED, instance_id="uuid:1")
    assert made.visit_id == "uuid:1"

    assert found(made, [earlier(30_000, **columns)]) == []
