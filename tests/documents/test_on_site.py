"""Documents of a visit say here what the tablet says."""

import pytest

from backend.documents import on_site
from backend.documents.facts import NoticeFacts, OrderFacts, RecordFacts
from tests.documents.values import VECTORS, as_facts

MAKERS = {
    "inspection_notice": (on_site.inspection_notice, NoticeFacts),
    "inspection_record": (on_site.on_site_record, RecordFacts),
    "order_to_correct": (on_site.order_to_correct, OrderFacts),
}


@pytest.mark.parametrize("vector", VECTORS, ids=[one["name"] for one in VECTORS])
def test_a_document_of_a_visit_is_the_same_as_on_the_tablet(law, vector):
    make, kind = MAKERS[vector["document"]["kind"]]
    *blocks, _verification = vector["document"]["blocks"]

    made = make(law, as_facts(kind, vector["input"]))

    assert made["blocks"] == blocks
    assert {**vector["document"], "blocks": blocks} == {k: v for k, v in made.items() if k != "people"}


def test_who_is_a_natural_person_in_it_is_known_beside_the_text(law):
    (vector,) = [one for one in VECTORS if one["name"] == "a visit with violations, signature refused"]

    made = on_site.on_site_record(law, as_facts(RecordFacts, vector["input"]))

    assert made["people"] == ["示例甲", "示例丁"]
