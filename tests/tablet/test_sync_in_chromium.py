"""The tablet in a real browser against the real server: a day offline, kills, cuts, wrong unlocks."""

import numpy as np
from sqlalchemy import func, select

from backend.intake.models import Envelope, EnvelopeFile
from tests.forms.samples import PHOTO, cafe_submission
from tests.intake.test_receive import opened
from tests.people import PASSWORD

UNLOCK = {"password": "Lantern77"}
SMALL, LARGE = 200_000, 3 * 2**20
BEGIN = """{
    const desk = await tablet.begin({venueId: 1, taskId: null, activities: ['internet_cafe']})
    const {visitId} = desk.visit, [{instanceID, formId, formVersion}] = desk.visit.modules
    for (const xml of ['<first/>', '<second/>'])
        await desk.saveDraft({instanceID, visitId, formId, formVersion, xml, hidden: {}, savedAt: ''})
    for (const [name, size] of it) {
        const content = new Blob([Uint8Array.from({length: size}, (_, at) => (at * 7 + (at >> 8)) & 255)])
        const facts = {kind: 'photo', type: 'image/jpeg', takenAt: '', minorPossible: false}
        await desk.keepAttachment({name, instanceID, visitId, ...facts}, content)
    }
    return [visitId, instanceID]
}"""
DRAFT = "{ const desk = await tablet.desk(it[0]); return (await desk.draft(it[1]))?.xml ?? null }"
SAVING = """{
    const desk = await tablet.desk(it[0]), draft = await desk.draft(it[1]), tookMs = []
    for (let n = 0; n < 21; n++) {
        const began = performance.now()
        await desk.saveDraft(draft)
        tookMs.push(performance.now() - began)
    }
    return tookMs.sort((a, b) => a - b)[10]
}"""
SIGN = "{ const desk = await tablet.desk(it[0]); await desk.sign(it[1], it[2]) }"


def picture(size: int) -> bytes:
    at = np.arange(size)
    return ((at * 7 + (at >> 8)) & 255).astype(np.uint8).tobytes()


def let_in(tablet, code: str) -> None:
    """Enrol, sign in, prepare."""
    tablet.does("tablet.enrol(it, '平板7')", code)
    officer = tablet.does("tablet.addOfficer('zhang', it[0], it[1])", [PASSWORD, UNLOCK])
    assert (officer["name"], officer["certificateNo"]) == ("试用人员", "SH-0001")
    assert (
        tablet.does("(await tablet.prepare(() => {})).items.filter(one => one.what === 'forms')[0].problem")
        is None
    )


def unlock(tablet) -> None:
    tablet.does("tablet.unlock((await tablet.officers())[0].id, it)", UNLOCK)


def test_a_day_without_a_network_is_on_the_server_once_and_whole(tablet, line, code, deployment):
    network = line[0]
    let_in(tablet, code)
    assert tablet.does("[...tablet.register().venues.values()].map(one => one.name)") == [
        "蓝星网吧",
        "无址网吧",
    ]

    network.share = 1
    place = tablet.does(BEGIN, [["front.jpg", SMALL], ["room.jpg", LARGE]])
    tablet.kill()
    unlock(tablet)
    assert tablet.does(DRAFT, place) == "<second/>"
    assert tablet.does(SAVING, place) < 100
    xml = cafe_submission(instance_id=place[1], photos=[PHOTO])
    tablet.does(SIGN, [*place, xml.decode()])
    assert tablet.does("tablet.send()")["waiting"] == "offline"

    network.share = 0.3
    for _ in range(2):
        tablet.does("{ void tablet.send() }")
        tablet.kill()
        unlock(tablet)
        assert tablet.does(DRAFT, place) == xml.decode()
    for _ in range(40):
        outcome = tablet.does("tablet.send()")
        if outcome["left"] == 0:
            break
        assert tablet.does(DRAFT, place) == xml.decode()

    assert (outcome["left"], outcome["waiting"]) == (0, None)
    assert sum(network.cut.values()) > 1
    assert opened(deployment) == ({place[1]: xml}, {"front.jpg": picture(SMALL), "room.jpg": picture(LARGE)})
    with deployment.reading() as session:
        counted = [session.scalar(select(func.count()).select_from(one)) for one in (Envelope, EnvelopeFile)]
    assert counted == [1, 2]
    assert {item["state"] for item in tablet.does("tablet.outbox()")} == {"removable"}
    assert tablet.does(DRAFT, place) is None


def test_five_wrong_unlocks_end_the_unlock_across_a_kill_and_a_sign_in_sets_a_new_one(tablet, code):
    let_in(tablet, code)
    tablet.does(BEGIN, [])
    tablet.does("tablet.close()")
    wrong = "await tablet.unlock((await tablet.officers())[0].id, {password: 'not this one'})"

    words = [tablet.refusal(wrong) for _ in range(3)]
    tablet.kill()
    words += [tablet.refusal(wrong) for _ in range(2)]

    assert words == ["wrong_unlock"] * 4 + ["unlock_destroyed"]
    assert tablet.does("tablet.lock()") == "no_officer"
    tablet.does("tablet.addOfficer('zhang', it[0], it[1])", [PASSWORD, UNLOCK])
    tablet.does("tablet.prepare(() => {})")
    assert tablet.does("tablet.register().venues.size") == 2


def test_a_package_past_its_day_stays_past_it_although_the_clock_is_set_back(tablet, code):
    let_in(tablet, code)
    tablet.kill(hours=23)
    assert tablet.does("tablet.lock()") == "locked"

    tablet.kill(hours=25)
    assert tablet.does("tablet.lock()") == "no_officer"
    tablet.kill(hours=-30)
    assert tablet.does("tablet.lock()") == "no_officer"

    tablet.kill()
    tablet.does("tablet.addOfficer('zhang', it[0], it[1])", [PASSWORD, UNLOCK])
    tablet.does("tablet.prepare(() => {})")
    assert tablet.does("tablet.register().venues.size") == 2
