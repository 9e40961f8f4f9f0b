"""The report on distances (距离核查报告), as a hearing asks for it: points, lines, ways, versions, hashes."""

from collections.abc import Iterable

from backend.documents.blocks import (
    Block,
    Document,
    document,
    facts,
    heading,
    listed,
    paragraph,
    picture,
    seal,
    signature,
    table,
)
from backend.documents.facts import ActivityMeasured, DistanceFacts, PlaceUsed
from backend.documents.law import basis
from backend.documents.parts import party_table
from backend.documents.shown import day_shown
from backend.rulebook.rules import Rulebook
from backend.tasks.rules import DocumentKind


def distance_report(law: Rulebook, said: DistanceFacts) -> Document:
    """Show how far a venue stands from the schools around it, and everything that the numbers rest on.

    上海市未成年人保护条例 art. 44 ¶1 says how far and not how to measure; the reply of the State Council's
    legal office of 2003 does for internet cafes. A screening is no finding (行政处罚法 art. 40 asks for facts
    that were ascertained), and the report says so.
    """
    contents = [
        party_table(said.party, [("核查日期", day_shown(said.on))], called="场所"),
        heading("一、结论的性质"),
        paragraph(
            "本报告按登记的位置测算，说明场所与学校、幼儿园的距离，不是对违法行为的认定。结论为“须现场测量”的，"
            "须由执法人员到现场测量后才能作为认定事实的根据。" + basis(law, said.on, "penalty-law:55.2")
        ),
        heading("二、测量方法"),
        *listed(_how(said)),
        heading("三、使用的位置"),
        _places([said.venue, *said.sites]),
        *(block for one in said.activities for block in _activity(one)),
        heading("数据和规则的版本"),
        _versions(said),
        table(
            ["地点", "登记版本", "状态的SHA-256"],
            [[one.name, str(one.version), one.sha256] for one in (said.venue, *said.sites)],
        ),
        paragraph("数据版本是上述各地点状态校验值依次相接后的SHA-256；任何一处登记改变，数据版本随之改变。"),
        heading("签名"),
        signature("制作人"),
        signature("复核人"),
        seal(said.agency, said.on),
    ]
    return document(
        DocumentKind.DISTANCE_REPORT, "距离核查报告", said.on, contents, number=said.number,
        people=said.party.people,
    )  # fmt: skip


def _how(said: DistanceFacts) -> Iterable[str]:
    yield "坐标系为2000国家大地坐标系（CGCS2000，EPSG:4490，GRS80椭球）；经度在前，纬度在后。"
    yield "距离是直线距离，单位为米；200米处的计算误差不超过2毫米，与限值相差2厘米以内的用椭球面测地线复核。"
    yield (
        "“可能范围”是把场所和学校两处位置的误差全部计入后，真实距离的下限和上限；上限仍在限值以内的，"
        "才列为“距离不足”。"
    )
    yield (
        f"没有说明精度的位置按{said.unstated_accuracy_m:g}米计；没有校园边界的学校，校园范围按自已知的点或者校门起"
        f"{said.extent_without_outline_m:g}米计。"
    )
    yield f"列出{said.within_m:g}米以内的学校、幼儿园，以及更远但不能排除距离不足的。"


def _places(used: list[PlaceUsed]) -> Block:
    rows = [[one.name, one.where, one.accuracy, one.source] for one in used]
    return table(["地点", "位置（经度，纬度）", "位置精度", "来源"], rows)


def _activity(one: ActivityMeasured) -> Iterable[Block]:
    yield heading(f"业态：{one.name}")
    if not one.rules:
        yield paragraph("对该业态没有距离规定。")
    for rule in one.rules:
        yield facts(
            [
                ("适用的规定", rule.what), ("限值", rule.demand), ("规定的测量方式", rule.method),
                ("依据", "；".join(rule.citations)), ("结论", rule.verdict),
            ]
        )  # fmt: skip
    if not one.lines:
        yield paragraph("范围内没有登记的学校、幼儿园。")
        return
    yield table(
        ["序号", "学校、幼儿园", "测量起点", "距离（米）", "可能范围（米）", "结论", "设立先后"],
        [
            [
                str(no), f"{line.site}（{line.kind}）", line.measured_from, f"{line.distance_m:.3f}",
                f"{line.low_m:.1f}至{line.high_m:.1f}", line.verdict, line.came_first,
            ]
            for no, line in enumerate(one.lines, 1)
        ],
    )  # fmt: skip
    yield table(
        ["序号", "学校一侧的测量点（经度，纬度）"],
        [[str(no), f"{line.end_lon:.7f}，{line.end_lat:.7f}"] for no, line in enumerate(one.lines, 1)],
    )
    for drawn in one.drawings:
        yield picture(drawn.svg, drawn.text)


def _versions(said: DistanceFacts) -> Block:
    return facts(
        [
            ("规则库版本", f"第{said.rulebook_version}版"), ("规则库SHA-256", said.rulebook_hash),
            ("数据版本", said.data_version),
        ]
    )  # fmt: skip
