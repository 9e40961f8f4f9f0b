"""What the API refuses in free text."""

import pytest
from marshmallow import Schema, ValidationError

from backend.core.errors import PersonalNumberFound
from backend.core.fields import FreeText


class Remark(Schema):
    words = FreeText(required=True, max_length=20)


def test_a_resident_id_in_free_text_is_refused_by_name_and_kind():
    with pytest.raises(PersonalNumberFound) as refused:
        Remark().load({"words": "31010119900307006X"})

    assert refused.value.data == {"field": "words", "kinds": ["resident_id"]}


def test_free_text_has_an_end():
    with pytest.raises(ValidationError):
        Remark().load({"words": "字" * 21})


def test_other_words_pass_as_they_are():
    assert Remark().load({"words": "门口无标志"}) == {"words": "门口无标志"}
