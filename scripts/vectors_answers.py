"""Vectors of answers: filled checklists as the tablet reads them, of the examples that the server files."""

import tempfile
from pathlib import Path
from typing import Any

from forms.build import build
from forms.catalogue import Catalogue, CatalogueForm
from forms.examples import fill_in

_CHECKLISTS = Path(__file__).resolve().parents[1] / "forms" / "checklists"
_ORDER = {
    "measures/measures_taken": "order propose_case",
    "measures/order_text": "补挂禁入标志，电话 13800138000。",
    "measures/order_due_on": "2026-12-05",
}
_BROKEN = _ORDER | {
    "arrival/visit_reason": "triggered",
    "arrival/plan_number": "",
    "arrival/lead_number": "L-9",
    "arrival/trigger_reason": "反映接纳未成年人",
    "duties/ban_sign": "breach",
    "duties/ban_sign_note": "入口处没有标志，身份证 11010519491231002X",
    "signatures/record_read": "no",
    "signatures/person_signing": "refused",
    "signatures/person_signature": "",
    "signatures/refusal_reason": "不认可",
    "signatures/witness_name": "丁",
    "signatures/witness_signature": "witness.png",
}
_MINORS = {
    "minors_seen": "yes", "not_verified": "2", "mismatched": "1", "apparent_16_17": "1",
    "confirmed_14_15": "1", "id_check_note": "示例少年",
}  # fmt: skip
_OTHER = {
    "duties/no_machines": "breach",
    "duties/no_machines_note": "门口有售卖机",
    **_ORDER,
    "measures/order_text": "拆除售卖机",
    "measures/order_due_on": "2026-12-08",
}


def answers() -> Any:
    """A clean cafe, one that broke its duties, and the shop beside it."""
    with tempfile.TemporaryDirectory() as folder:
        build(_CHECKLISTS, Path(folder), validate=False)
        known = Catalogue.load(Path(folder))
        cafe, shop = known.form("internet_cafe"), known.form("tobacco")
        second = {"photo": "sign2.jpg", "caption": "门口"}
        broken = fill_in(cafe, answers=_BROKEN, id_checks=[_MINORS], photos=[{}, second], signs=[{}])
        return {
            "clean": _module(cafe, fill_in(cafe, photos=[{}])),
            "broken": _module(cafe, broken),
            "shop": _module(shop, fill_in(shop, answers=_OTHER)),
        }


def _module(form: CatalogueForm, nodes: dict[str, Any]) -> Any:
    asked = form.questions.values()
    items = [
        {
            "group": one.nodeset.split("/")[-2],
            "name": one.name,
            "label": _text(one.labels),
            "duties": one.duties,
        }
        for one in asked
        if one.list_name == "answer"
    ]
    words = {
        one.list_name: {name: _text(labels) for name, labels in one.choices.items()}
        for one in asked
        if one.choices
    }
    return {"activity": form.activity, "answers": {"nodes": nodes, "items": items, "words": words}}


def _text(labels: dict[str, str]) -> list[str]:
    return [labels.get("zh", ""), labels.get("en", "")]
