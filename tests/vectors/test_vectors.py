"""The vectors that the tablet is held against are what the server measures and judges today, and true."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
import shapely

from geodata.distance import geodesic_m, point_to_point_m
from tests.geodata.brute import to_site_m

ROOT = Path(__file__).parents[2]
HERE = Path(__file__).parent


def vectors(name):
    return json.loads((HERE / f"{name}.json").read_text("utf-8"))


@pytest.fixture(scope="module")
def made_anew(tmp_path_factory):
    folder = tmp_path_factory.mktemp("vectors")
    script = [sys.executable, str(ROOT / "scripts" / "make_vectors.py"), "--to", str(folder)]
    subprocess.run(script, check=True, capture_output=True)
    return folder


@pytest.mark.parametrize("name", ["days", "distances", "pairs", "verdicts", "law", "assessments", "answers"])
def test_vectors_are_what_the_server_says_today(made_anew, name):
    assert json.loads((made_anew / f"{name}.json").read_text("utf-8")) == rounded(vectors(name))


def rounded(said):
    """Numbers to the millimetre, so that another processor may round the last digit otherwise."""
    if isinstance(said, dict):
        return {name: rounded(value) for name, value in said.items()}
    if isinstance(said, list):
        return [rounded(value) for value in said]
    return pytest.approx(said, abs=1e-3) if isinstance(said, float) else said


def test_distances_of_the_vectors_are_geodesics():
    for one in vectors("distances"):
        truth = to_site_m(*one["from"], shape(one["place"]))

        assert one["metres"] == pytest.approx(truth, abs=0.05 if truth > 1_000 else 0.001), one["name"]


def shape(place):
    if "points" in place:
        return shapely.MultiPoint(place["points"])
    return shapely.MultiPolygon([(rings[0], rings[1:]) for rings in place["rings"]])


def test_up_to_a_kilometre_the_geodesic_changes_nothing_of_what_is_judged():
    """Why the tablet does without it: the server takes its answer only where it differs by 0.01 mm."""
    for lat in range(18, 54):
        for east, north in [(0.0104, 0), (0, 0.009), (0.0073, 0.0063)]:
            ends = (100.0, float(lat), 100.0 + east, lat + north)
            assert 690 < point_to_point_m(*ends) < 1_160
            share = 1_000 / point_to_point_m(*ends)
            ends = (100.0, float(lat), 100.0 + east * share, lat + north * share)

            assert abs(geodesic_m(*ends) - point_to_point_m(*ends)) < 1e-5
