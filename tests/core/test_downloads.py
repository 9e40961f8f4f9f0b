"""Files to keep bear their names, Chinese ones too."""

import pytest
from flask import Response
from hypothesis import given
from hypothesis import strategies as st
from werkzeug.http import parse_options_header

from backend.core.downloads import to_keep


@pytest.mark.parametrize(
    ("name", "plain"),
    [
        pytest.param("visits.csv", "visits.csv", id="ASCII needs nothing more"),
        pytest.param("示案〔2026〕1号.pdf", "20261.pdf", id="what old browsers get of a Chinese name"),
    ],
)
def test_what_of_a_name_is_ascii_stands_there_for_old_browsers(name, plain):
    header = to_keep(Response(b""), name).headers["Content-Disposition"]

    assert header.startswith("attachment; ")
    assert plain in header
    assert ("filename*" in header) is (name != plain)


@given(st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), min_size=1))
def test_a_server_can_send_any_name_and_a_browser_reads_it_back(name):
    header = to_keep(Response(b""), name).headers["Content-Disposition"]

    header.encode("ascii")
    assert parse_options_header(header) == ("attachment", {"filename": name})
