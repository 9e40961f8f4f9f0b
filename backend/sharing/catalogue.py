"""What may leave at all (共享目录): some datasets, each with the fields it has. No field holds a person.

What is not here cannot be agreed on. Statistics keep counts under five back, as the kept reports do.
Authorities share no further than their duties need (上海市数据条例 arts 38, 39).
"""

from dataclasses import dataclass
from enum import StrEnum

from backend.rulebook.rows import Text

# 履职指标 / 检查发现 / 场所距离核查 / 预警 / 移送
DatasetId = StrEnum("DatasetId", ["INDICATORS", "FINDINGS", "SCREENING", "WARNINGS", "TRANSFERS"])


@dataclass(frozen=True, slots=True)
class Field:
    """One field that may leave, and what it means."""

    name: str
    means: Text


@dataclass(frozen=True, slots=True)
class Dataset:
    """Some rows of a period, or of one thing as it stands.

    `needs_assessment`: a venue may be one person's business, a transfer about one person, so that an impact
    assessment comes first (个人信息保护法 arts 55, 56). `needs_agency`: its rows belong to an agency.
    """

    id: DatasetId
    name: Text
    when: Text
    fields: tuple[Field, ...]
    needs_assessment: bool = False
    needs_agency: bool = False

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(field.name for field in self.fields)


def _field(name: str, zh: str, en: str) -> Field:
    return Field(name, Text(zh, en))


_AREA = (
    _field("area_code", "区划代码", "code of the area"),
    _field("area_name", "区、街镇", "district or street-town"),
)
_VENUE = (
    _field("venue_id", "场所编号", "number of the venue here"),
    _field("credit_code", "统一社会信用代码（个体工商户不提供）", "credit code; none of a sole trader"),
    _field(
        "venue_name",
        "场所名称（仅经营者为单位的）",
        "name of the venue; only where an organisation runs it",
    ),
)
_PERIOD = (
    _field("first_on", "开始日期", "first day of the period"),
    _field("last_on", "结束日期", "last day of the period"),
)
_EVERY = (
    Dataset(
        DatasetId.INDICATORS,
        Text("履职指标（按区、街镇）", "Indicators by district and street-town"),
        Text("每份已固定的期间报告一次", "once for each kept report of a period"),
        (
            *_PERIOD,
            _field("edition", "版次", "edition of the report"),
            *_AREA,
            _field("indicator", "指标编号", "id of the indicator"),
            _field("indicator_name", "指标", "the indicator in words"),
            _field(
                "part",
                "分子（本身或与分母之差少于 5 不提供）",
                "how many; kept back where it or the rest is under five",
            ),
            _field("whole", "分母（少于 5 不提供）", "of how many; kept back under five"),
        ),
    ),
    Dataset(
        DatasetId.FINDINGS,
        Text("检查发现的违法行为数（按街镇和义务）", "Violations found, by street-town and duty"),
        Text("每季度结束后一次", "once a quarter, when it is over"),
        (
            *_PERIOD,
            *_AREA,
            _field("duty_id", "义务编号", "id of the duty that was broken"),
            _field("duty_name", "义务", "the duty in words"),
            _field("violations", "违法行为数（少于 5 不提供）", "violations found; kept back under five"),
        ),
    ),
    Dataset(
        DatasetId.SCREENING,
        Text("场所距离核查结论", "Venues with their distance verdict"),
        Text("每月一次", "once a month"),
        (
            *_VENUE,
            *_AREA,
            _field("activities", "业态", "what the venue does"),
            _field("verdict", "距离结论", "its worst distance verdict"),
            _field("is_current", "结论是否按现状得出", "whether it was screened as it is now"),
        ),
        needs_assessment=True,
    ),
    Dataset(
        DatasetId.WARNINGS,
        Text("场所和学校周边预警", "Early warnings of venues and of schools’ surroundings"),
        Text("每月一次", "once a month"),
        (
            _field("rule", "预警规则编号", "id of the rule that warns"),
            _field("rule_name", "预警规则", "the rule in words"),
            *_VENUE,
            _field("site_id", "学校编号", "number of the school here"),
            _field("site_name", "学校", "the school"),
            *_AREA,
        ),
        needs_assessment=True,
    ),
    Dataset(
        DatasetId.TRANSFERS,
        Text("移送的办理状态", "Transfers with their state"),
        Text("每次状态变化一次", "once for each change of one"),
        (
            _field("transfer_id", "移送编号", "number of the transfer here"),
            _field("version", "版次", "version of its state"),
            _field("kind", "移送种类", "kind of transfer"),
            _field("body", "接收机关种类", "kind of authority that receives it"),
            *_AREA,
            _field("state", "办理状态", "where it stands"),
            _field("is_over", "是否办结", "whether it is over"),
            _field("proposed_in", "提出月份", "month in which it was proposed"),
            _field("handed_in", "移交月份", "month in which it was handed over"),
        ),
        needs_assessment=True,
        needs_agency=True,
    ),
)
CATALOGUE: dict[str, Dataset] = {one.id: one for one in _EVERY}
