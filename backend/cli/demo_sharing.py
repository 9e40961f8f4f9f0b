"""Invented agreements: one whose message was taken out as a table, and one that waits for another person."""

from datetime import timedelta

from backend.cli.common import BY, now
from backend.cli.demo_tasks import person_of
from backend.core.days import today
from backend.core.deployment import Deployment
from backend.sharing import actions, queries, replies
from backend.sharing.collecting import collect
from backend.sharing.rules import Deed

_BASIS = "上海市数据条例第三十八条"


def share(deployment: Deployment) -> None:
    """The supervisor proposes, the legal reviewer confirms one; nothing goes over a network."""
    with deployment.unit_of_work() as session:
        head, legal = person_of(session, "supervisor"), person_of(session, "legal")
        term = {"from_on": today(), "until_on": today() + timedelta(365), "area_code": head.scope.areas[0]}
        said = {
            "receiver": "示例区社区云（虚构）", "receiver_kind": "community_cloud", "purpose": "街镇协同处置",
            "legal_basis": _BASIS, "dataset": "screening",
            "fields": ["venue_id", "venue_name", "area_name", "activities", "verdict"],
            "channel": "spreadsheet", "assessment_no": "示例评估〔2026〕1号（虚构）", "assessed_on": today(),
        }  # fmt: skip
        agreed = actions.propose(session, deployment.settings, said | term, by=head, now=now())
        actions.decide(session, agreed, Deed.CONFIRM, None, by=legal, now=now())
        said |= {
            "receiver": "市未成年人保护信息管理系统（示例）", "receiver_kind": "city_minors_system",
            "purpose": "未成年人保护工作协同", "dataset": "transfers",
            "fields": ["transfer_id", "version", "kind", "body", "state", "is_over"],
        }  # fmt: skip
        actions.propose(session, deployment.settings, said | term, by=head, now=now())
    collect(deployment, now=now(), by=BY)
    with deployment.unit_of_work() as session:
        message = queries.message(session, head.scope, 1, to_change=True)
        replies.take_out(session, message, deployment.keys.sharing_keys[0], by=head, now=now())
