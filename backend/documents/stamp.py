"""What stands on every page of a document that was issued: code, short hash, and a square of both."""

import io
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Stamp:
    """`code` in groups, as people type it; `address` is where anybody may look it up."""

    code: str
    short_hash: str
    address: str
    note: str = ""

    @property
    def text(self) -> str:
        return f"核验码 {self.code}　摘要 {self.short_hash}" + (f"　{self.note}" if self.note else "")

    def square(self, kind: str = "svg") -> bytes:
        """The address as a QR code, as SVG or PNG."""
        import segno  # not at the start of a worker

        out = io.BytesIO()
        segno.make(self.address, error="m", micro=False).save(out, kind=kind, border=0, scale=8)
        return out.getvalue()


def foot_of(title: str, number: str | None, day: str) -> str:
    """Which document a page belongs to."""
    return f"{title}　{number or NO_NUMBER}　{day}"


NO_NUMBER = "（无文号）"
UNSIGNED = {"refused": "拒绝签名", "absent": "不在场"}
NO_DAY = "　　年　　月　　日"


def who_signs(label: str, name: str | None, certificate_no: str | None) -> str:
    """现场负责人：示例甲"""
    who = "，".join(filter(None, [name, f"执法证号 {certificate_no}" if certificate_no else None]))
    return f"{label}：{who}" if who else label


def why_unsigned(state: str, reason: str | None) -> str:
    """拒绝签名：认为只是来找人; nothing where somebody signed or still may."""
    return "：".join(filter(None, [UNSIGNED.get(state), reason]))
