"""The whole story over HTTP: a city imported and screened, a checklist filled, sent, and read back."""

import csv
import hashlib
import json
import time
from pathlib import Path

import pytest
import requests

from backend.core.settings import Settings
from tests.command import humiao, serving
from tests.forms.javarosa import fill, need_java
from tests.forms.samples import cafe_script
from tests.intake.tablet import FORM_DATA, form_data

SAMPLES = Path(__file__).parents[2] / "geodata" / "samples"
KINDS = (
    "primary=小学,middle=中学,vocational=中等职业,special=特殊教育,"
    "specialised=专门,kindergarten=幼儿园,other=培训"
)
CAFE = "V001"
PHOTO = bytes(range(256)) * 800
SIGNATURES = ["person.png", "officer1.png", "officer2.png"]


def sign_in(address: str, login: str, password: str) -> requests.Session:
    """A browser's session: form, hidden token, cookies (which requests does not send over plain HTTP)."""
    browser = requests.Session()
    page = browser.get(f"{address}/sign-in")
    _carry_cookies(browser, page)
    token = page.text.split('name="csrf_token" value="')[1].split('"')[0]
    sent = {"login": login, "password": password, "csrf_token": token, "next": "/"}
    done = browser.post(f"{address}/sign-in", data=sent, headers={"Origin": address}, allow_redirects=False)
    assert done.status_code == 303, done.text
    _carry_cookies(browser, page, done)
    return browser


def _carry_cookies(browser: requests.Session, *answers: requests.Response) -> None:
    pairs = (f"{cookie.name}={cookie.value}" for answer in answers for cookie in answer.cookies)
    browser.headers["Cookie"] = "; ".join(pairs)


@pytest.fixture
def city(settings: Settings, tmp_path: Path) -> Settings:
    """The invented district, imported by hand as a new user would, with an inspector and a supervisor."""
    humiao(settings, "init")
    humiao(settings, "import", "areas", SAMPLES / "areas.geojson", "--crs", "cgcs2000",
           "--code-column", "code", "--name-column", "name")  # fmt: skip
    humiao(settings, "import", "sites", SAMPLES / "sites.geojson", "--crs", "cgcs2000",
           "--kind-column", "kind", "--kind-map", KINDS, "--ref-column", "site_ref")  # fmt: skip
    humiao(settings, "import", "venues", SAMPLES / "venues.csv", "--crs", "cgcs2000",
           "--activity", "internet_cafe", "--only", "activity=internet_cafe", "--ref-column", "venue_ref",
           "--column", "licence_issued_on=issued_on", "--column", "wkt=wkt",
           "--column", "lon=lon", "--column", "lat=lat")  # fmt: skip
    return settings


def test_from_an_empty_database_to_a_violation_with_its_clauses(city: Settings, tmp_path: Path) -> None:
    need_java()
    pairs_file = tmp_path / "pairs.csv"
    humiao(city, "screen", "--out", pairs_file)
    with open(pairs_file, encoding="utf-8-sig") as file:
        verdicts = {row["venue_ref"]: row["verdict"] for row in csv.DictReader(file)}
    assert (list(verdicts.values()).count("inside"), list(verdicts.values()).count("survey")) == (14, 10)
    assert verdicts[f"venues:{CAFE}"] == "inside"

    built = json.loads(humiao(city, "forms", "build", "--validate", "--json").stdout)
    assert "internet_cafe" in built
    people = {}
    for role, login in (("inspector", "li"), ("supervisor", "wang")):
        made = humiao(city, "user", "add", "--login", login, "--role", role, "--area", "319901",
                      "--certificate", "SH-1", "--certificate-valid-to", "2035-01-01", "--json")  # fmt: skip
        people[login] = json.loads(made.stdout)["password"]
    tablet_url = json.loads(humiao(city, "appuser", "add", "--name", "tablet", "--user", "li",
                                   "--area", "319901", "--json").stdout)["url"]  # fmt: skip

    with serving(city) as address:
        door = tablet_url.replace("http://127.0.0.1:8000", address)
        form_xml, media, venue_id = download(door, tmp_path)
        xml = fill(form_xml, media, cafe_script(venue_id=venue_id, answers=BREACH, photos=[TAKEN]))

        assert send(door, xml, {name: name.encode() for name in SIGNATURES}) == 201
        assert send(door, xml, {"front.jpg": PHOTO}) == 201
        assert send(door, xml, {"front.jpg": b"another picture"}) == 409

        supervisor = sign_in(address, "wang", people["wang"])
        violation = wait_for_violation(supervisor, address)
        page = supervisor.get(f"{address}/venues/{venue_id}")

    assert violation["duty_id"] == "ACC-NET-1"
    assert {"internet-cafe-regs:21.1", "sh-minors-regs:44.2"} <= set(violation["clauses"])
    assert {"PEN-01", "PEN-10"} <= {basis["basis_id"] for basis in violation["bases"]}
    assert page.status_code == 200
    assert "第二十一条" in page.text
    assert "二楼有两名学生" not in page.text  # a note is protected: it is opened by a click that is recorded
    assert "whole" in humiao(city, "audit", "verify").stdout


BREACH = {
    "duties/minors_refused": "breach",
    "duties/minors_refused_note": "二楼有两名学生",
    "place/listed_name": "",
}
TAKEN = {"photo": "front.jpg", "sha256": hashlib.sha256(PHOTO).hexdigest()}


def download(door: str, to: Path) -> tuple[Path, Path, str]:
    """What Collect does first: the list, the form, its lists. Returns them and the number of the cafe."""
    listed = requests.get(f"{door}/formList").text.partition("<formID>internet_cafe<")[2]
    form_url = listed.split("<downloadUrl>")[1].split("<")[0]
    manifest = requests.get(listed.split("<manifestUrl>")[1].split("<")[0]).text
    (to / "form.xml").write_bytes(requests.get(form_url).content)
    names = [part.split("<")[0] for part in manifest.split("<filename>")[1:]]
    urls = [part.split("<")[0] for part in manifest.split("<downloadUrl>")[1:]]
    for name, url in zip(names, urls, strict=True):
        (to / name).write_bytes(requests.get(url).content)
    assert sorted(names) == ["sites.csv", "venues.csv"]
    venues = list(csv.DictReader((to / "venues.csv").read_text("utf-8").splitlines()))
    assert len(venues) == 48  # two have no position: they belong to the district that their address names
    return to / "form.xml", to, venues[0]["id"]


def send(door: str, xml: bytes, files: dict[str, bytes]) -> int:
    body = form_data(xml, list(files.items()))
    return requests.post(f"{door}/submission", data=body, headers={"Content-Type": FORM_DATA}).status_code


def wait_for_violation(browser: requests.Session, address: str) -> dict:
    """The only violation, as the API tells it, once it was filed."""
    for _ in range(100):
        answer = browser.get(f"{address}/api/v1/violations")
        assert answer.status_code == 200, answer.text
        if found := answer.json():
            (violation,) = found
            return violation
        time.sleep(0.1)
    raise AssertionError("nothing was filed in ten seconds")
