"""Reading untrusted XML: what is refused, with which word, and what comes out of the rest."""

import time

import pytest

from forms.errors import SubmissionUnreadable
from forms.submission import Limits, parse
from tests.forms.samples import cafe_submission

META = b"<meta><instanceID>uuid:1</instanceID></meta>"
BOMB = b"""<!DOCTYPE data [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>
<data id="f">&b;<meta><instanceID>uuid:1</instanceID></meta></data>"""
FETCH = b"""<!DOCTYPE data [<!ENTITY x SYSTEM "file:///etc/passwd">]>
<data id="f"><a>&x;</a><meta><instanceID>uuid:1</instanceID></meta></data>"""


def form(inside: bytes) -> bytes:
    return b'<data id="f" version="1">' + inside + META + b"</data>"


@pytest.mark.parametrize(
    ("xml", "reason"),
    [
        pytest.param(BOMB, "doctype", id="entity expansion"),
        pytest.param(FETCH, "doctype", id="external entity"),
        pytest.param(
            b'<!DOCTYPE data SYSTEM "http://example.org/x.dtd"><data/>', "doctype", id="external DTD"
        ),
        pytest.param(form(b"<a>&x;</a>"), "not_xml", id="undeclared entity"),
        pytest.param(form(b"<a>" * 30 + b"</a>" * 30), "too_deep", id="deep tree"),
        pytest.param(form(b"<a/>" * 30_000), "too_many_nodes", id="wide tree"),
        pytest.param(form(b"<a>" + b"x" * 60_000 + b"</a>"), "text_too_long", id="long answer"),
        pytest.param(form(b"<" + b"n" * 200 + b"/>"), "name_too_long", id="long name"),
        pytest.param(form(b"<a>" + b"x" * 3_000_000 + b"</a>"), "too_large", id="large"),
        pytest.param(b"", "not_xml", id="empty"),
        pytest.param(b"\xff\xd8\xff", "not_xml", id="a picture"),
        pytest.param(form(b"")[:-3], "not_xml", id="cut off"),
        pytest.param(form(b"<a>\xb3\xc7</a>"), "not_xml", id="not UTF-8"),
        pytest.param(form(b"<a>\x00</a>"), "not_xml", id="a zero byte"),
        pytest.param(
            b'<?xml version="1.0" encoding="x-none"?>' + form(b""), "not_xml", id="unknown encoding"
        ),
        pytest.param(
            form(b"").replace(b"<data", b'<data xmlns="urn:other"'), "wrong_namespace", id="namespace"
        ),
        pytest.param(form(b"").replace(b'id="f"', b""), "no_form_id", id="no form id"),
        pytest.param(b'<data id="f"><meta/></data>', "no_instance_id", id="no instance id"),
        pytest.param(form(b"").replace(b"uuid:1", b" "), "no_instance_id", id="blank instance id"),
        pytest.param(form(b"").replace(b"uuid:1", b"x" * 201), "id_too_long", id="long instance id"),
        pytest.param(form(META), "two_instance_ids", id="two instance ids"),
    ],
)
def test_what_is_no_submission_is_refused_with_its_reason(xml: bytes, reason: str) -> None:
    with pytest.raises(SubmissionUnreadable) as refused:
        parse(xml)

    assert refused.value.reason == reason


def test_a_refusal_does_not_repeat_what_was_sent() -> None:
    with pytest.raises(SubmissionUnreadable) as refused:
        parse(form("<a>张小明</b>".encode()))

    assert "张小明" not in str(refused.value)


def test_text_in_many_pieces_is_refused_quickly() -> None:
    pieces = form(b"<a>" + b"x<!-- -->" * 200_000 + b"</a>")

    started = time.perf_counter()
    with pytest.raises(SubmissionUnreadable):
        parse(pieces)

    assert time.perf_counter() - started < 1


def test_limits_are_the_callers() -> None:
    with pytest.raises(SubmissionUnreadable, match="too_many_nodes"):
        parse(cafe_submission(), limits=Limits(nodes=20))


def test_ids_answers_and_files_are_read() -> None:
    xml = cafe_submission(
        instance_id="uuid:new", deprecated_id="uuid:old", version="v", photos=[{}, {"photo": "b.jpg"}]
    )

    submission = parse(xml)

    assert (submission.form_id, submission.version) == ("internet_cafe", "v")
    assert (submission.instance_id, submission.deprecated_id) == ("uuid:new", "uuid:old")
    assert submission.answers["/data/arrival/check_code"] == ["JC-310101-0001"]
    assert submission.answers["/data/photos/photo"] == ["front.jpg", "b.jpg"]
    assert submission.file_names == {"front.jpg", "b.jpg", "person.png", "officer1.png", "officer2.png"}


@pytest.mark.parametrize(
    "root",
    [b'<data xmlns="http://www.w3.org/2002/xforms" id="f">', b'<data xmlns:orx="urn:x" id="f">'],
)
def test_the_namespaces_of_xforms_and_openrosa_say_nothing_new(root: bytes) -> None:
    meta = b'<o:meta xmlns:o="http://openrosa.org/xforms"><o:instanceID>uuid:1</o:instanceID></o:meta>'

    submission = parse(root + b"<a>1</a>" + meta + b"</data>")

    assert submission.instance_id == "uuid:1"
    assert submission.answers == {"/data/a": ["1"], "/data/meta/instanceID": ["uuid:1"]}


def test_a_node_of_a_foreign_namespace_is_kept_under_its_own_name() -> None:
    submission = parse(form(b'<x:a xmlns:x="urn:other">1</x:a>'))

    assert submission.answers["/data/{urn:other}a"] == ["1"]


def test_text_beside_elements_is_kept() -> None:
    assert parse(form(b"<a>beside<b>1</b></a>")).answers["/data/a"] == ["beside"]


def test_cdata_and_escapes_are_text() -> None:
    assert parse(form(b"<a><![CDATA[1 < 2]]> &amp; 3</a>")).answers["/data/a"] == ["1 < 2 & 3"]
