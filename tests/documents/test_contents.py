"""What stands in each document: what the law asks for, amounts twice, remedies, and no name of a child."""

import dataclasses
import re
from dataclasses import replace
from datetime import date

import pytest

from backend.documents import facts, on_the_spot, penalties, public
from backend.documents.facts import Remedies
from backend.documents.law import BLANK
from backend.documents.rules import AWAITS_REVIEW
from backend.tasks.rules import DocumentKind
from tests.documents import samples

WITH_SEAL = {
    DocumentKind.INSPECTION_NOTICE, DocumentKind.ORDER_TO_CORRECT, DocumentKind.PRESERVATION_DECISION,
    DocumentKind.SUMMARY_DECISION, DocumentKind.PENALTY_NOTICE, DocumentKind.HEARING_NOTICE,
    DocumentKind.PENALTY_DECISION,
    DocumentKind.NO_PENALTY_DECISION, DocumentKind.SERVICE_RECEIPT, DocumentKind.TRANSFER_LETTER,
    DocumentKind.TIP_REPLY, DocumentKind.RECOMMENDATION_REPLY,
}  # fmt: skip


def text(document):
    blocks = document["blocks"]
    cells = [cell for one in blocks for row in one.get("rows", []) for cell in row]
    signed = [
        one[name] or ""
        for one in blocks
        if one["kind"] == "signature"
        for name in ("label", "name", "reason")
    ]
    return "\n".join([one["text"] for one in blocks if "text" in one] + cells + signed)


@pytest.fixture(scope="module")
def every(law):
    return samples.every(law)


def test_no_document_has_a_field_in_which_a_child_could_be_named():
    kinds = [one for one in vars(facts).values() if dataclasses.is_dataclass(one)]
    named = {field.name for kind in kinds for field in dataclasses.fields(kind)}

    children = {name for name in named if re.search(r"minor|child|student|guardian|born|_age$", name)}
    assert children == {"minors"}
    assert {field.type for field in dataclasses.fields(facts.Minors)} == {tuple[int, int, int]}


def test_every_kind_of_document_is_made_but_the_report_that_needs_a_register(every):
    assert set(every) == set(DocumentKind) - {DocumentKind.DISTANCE_REPORT}


def test_what_goes_out_has_space_for_a_seal(every):
    assert {
        kind for kind, one in every.items() if any(b["kind"] == "seal" for b in one["blocks"])
    } == WITH_SEAL


def test_a_decision_holds_what_article_59_asks_for(every):
    said = text(every["penalty_decision"])

    for part in (
        "蓝鲸网吧（虚构）", "示例区（虚构）潮声路8弄2号",  # party and address
        "发现两名未成年人上网", "现场照片3张",  # facts and evidence
        "警告", "《互联网上网服务营业场所管理条例》（2022-03-29修订）第三十一条第（二）项",  # kind and basis
        "人民币壹万伍仟元整（¥15,000.00）", "十五日内", "示例银行（虚构）",  # performance
        "六十日内", "六个月内", "示例区人民政府（虚构）", "示例区人民法院（虚构）",  # remedies
        "当事人在规定期限内没有提出陈述、申辩",  # what became of the statement
    ):  # fmt: skip
        assert part in said, part


def test_a_decision_on_the_spot_holds_what_article_52_asks_for(every):
    said = text(every["summary_decision"])

    for part in (
        "发现两名未成年人上网", "警告", "人民币叁仟元整（¥3,000.00）", "第五十一条",  # breach, kind, basis
        "2026年11月21日14时05分", "示例区（虚构）潮声路8弄2号", "六十日内", "六个月内",  # when, where
        "当事人没有提出异议", "执法人员一", "认为处罚过重", "示例缴费平台（虚构）",
    ):  # fmt: skip
        assert part in said, part


def test_under_the_tobacco_law_the_time_to_sue_waits_for_the_legal_reviewer(law):
    tobacco = samples.tobacco(samples.DECISION)
    settled = replace(tobacco, remedies=replace(tobacco.remedies, sue_period="十五日"))

    open_one, confirmed = (text(penalties.penalty_decision(law, one)) for one in (tobacco, settled))

    assert AWAITS_REVIEW in open_one
    assert "《中华人民共和国烟草专卖法》（2015-04-24修正）第四十一条第一款" in open_one
    assert "六个月内" not in open_one
    assert "六十日内" in open_one
    assert "起诉的期限：十五日（经法制审核确认）" in confirmed
    assert AWAITS_REVIEW not in confirmed


def test_what_nobody_knows_is_left_blank_and_not_guessed(law):
    unknown = replace(samples.DECISION, remedies=Remedies(), payment=facts.Payment())

    said = text(penalties.penalty_decision(law, unknown))

    assert f"行政复议机关：{BLANK}（由执法人员填写）" in said
    assert f"收款银行：{BLANK}" in said
    assert f"自收到本告知书之日起{BLANK}（由法制审核人员填写）内提出陈述、申辩" in text(
        penalties.penalty_notice(law, samples.PROPOSAL)
    )


def test_the_statement_period_of_an_authority_that_has_one_is_said(law):
    said = text(penalties.penalty_notice(law, replace(samples.PROPOSAL, statement_days=5)))

    assert "自收到本告知书之日起五个工作日内提出陈述、申辩。逾期没有提出的，视为放弃" in said


@pytest.mark.parametrize(("may_be_heard", "told"), [(True, True), (False, False)])
def test_a_hearing_is_offered_where_there_is_a_right_to_one(law, may_be_heard, told):
    said = text(penalties.penalty_notice(law, replace(samples.PROPOSAL, may_be_heard=may_be_heard)))

    assert ("向本机关要求听证" in said) is told


def test_the_law_is_that_of_the_day(law):
    before = replace(samples.DECISION, on=date(2021, 7, 1))  # the penalty law of 2021-07-15 was not in force

    assert "行政处罚法》（2021-01-22修订）" not in text(penalties.penalty_decision(law, before))


def test_no_number_of_a_person_gets_onto_paper_though_somebody_wrote_one(law):
    wrote = replace(
        samples.DECISION, facts="当事人电话 13800138000，身份证 11010519491231002X", heard="13800138000"
    )

    said = text(penalties.penalty_decision(law, wrote))

    assert not re.search(r"13800138000|11010519491231002", said)


def test_a_tip_is_answered_without_a_word_on_who_gave_it(every):
    assert "XS20261121-7K3QF2ZD" in text(every["tip_reply"])
    assert every["tip_reply"]["people"] == []


def test_a_public_copy_masks_natural_persons_and_leaves_the_rest(every):
    public_one = public.public_copy(every["inspection_record"])

    assert "示例甲" not in text(public_one)
    assert "示例丁" not in text(public_one)
    assert "示某甲" in text(public_one)
    assert "示例乙" in text(public_one)  # an officer
    assert "蓝鲸网吧（虚构）" in text(public_one)
    assert {one["image"] for one in public_one["blocks"] if one["kind"] == "signature"} == {None}
    assert public_one["people"] == []


def test_of_a_party_that_is_a_person_a_public_copy_shows_no_address(law):
    party = facts.Party(name="张三", address="示例路9号", is_person=True)

    made = penalties.penalty_decision(law, replace(samples.DECISION, party=party))
    public_one = text(public.public_copy(made))

    assert "示例路9号" in text(made)
    assert "示例路9号" not in public_one
    assert "张某" in public_one


def test_nor_the_same_place_where_the_decision_was_made(law):
    party = facts.Party(name="张三", address="示例路9号", is_person=True)

    made = on_the_spot.summary_decision(law, replace(samples.SUMMARY, party=party, place="示例路9号"))

    assert text(made).count("示例路9号") == 2
    assert "示例路9号" not in text(public.public_copy(made))


@pytest.mark.parametrize(
    ("people", "told"),
    [
        ([], {}),
        (["张三"], {"张三": "张某"}),
        (["欧阳𠮷㐂", "欧阳"], {"欧阳𠮷㐂": "欧阳某", "欧阳": "欧某"}),
        (["张三", "张小三", "李四"], {"张三": "张某甲", "张小三": "张某乙", "李四": "李某"}),
    ],
)
def test_names_are_masked_by_their_family_and_told_apart(people, told):
    assert public.masked_names(people) == told


def test_a_longer_name_is_masked_before_one_that_it_begins_with(every):
    document = every["tip_reply"] | {"people": ["张三", "张三丰"]}
    document["blocks"] = [{"no": 1, "kind": "paragraph", "text": "张三丰和张三"}]

    assert public.public_copy(document)["blocks"][0]["text"] == "张某乙和张某甲"
