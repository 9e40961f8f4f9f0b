"""A document as a page: the texts of a tablet's page in their order (tests/vectors/documents.json)."""

from base64 import b64encode
from collections.abc import Mapping, Sequence
from datetime import date

from markupsafe import Markup, escape

from backend.documents.blocks import Block, Document
from backend.documents.shown import day_shown
from backend.documents.stamp import NO_DAY, NO_NUMBER, Stamp, foot_of, who_signs, why_unsigned

Images = Mapping[str, str]


def as_page(document: Document, images: Images, stamp: Stamp | None = None) -> Markup:
    """One `<article>`; every text is escaped, pictures are in the page itself."""
    number = document["number"] or NO_NUMBER
    body = Markup("").join(_drawn(block, number, images) for block in document["blocks"])
    codes = [f"核验码 {one['code']}" for one in document["blocks"] if one["kind"] == "verification"]
    foot = [
        foot_of(document["title"], document["number"], _day(document["on"])),
        *codes,
        *([stamp.text] if stamp else []),
        *([f"执法证号 {'、'.join(document['officers'])}"] if document["officers"] or not stamp else []),
    ]
    square = _svg(stamp.square().decode(), f"核验码 {stamp.code}", "document-square") if stamp else ""
    return Markup(
        '<article class="document" lang="zh-CN"><table class="document-sheet" role="presentation">'
        "<tbody><tr><td>{}</td></tr></tbody>"
        '<tfoot><tr><td class="document-foot">{}{}</td></tr></tfoot></table></article>'
    ).format(body, square, "　".join(foot))


def _drawn(block: Block, number: str, images: Images) -> Markup:
    match block["kind"]:
        case "heading" if block["level"] == 1:
            title = Markup('<h2 class="document-title">{}</h2><p class="document-number">{}</p>')
            return title.format(block["text"], number)
        case "heading":
            return Markup("<h3>{}</h3>").format(block["text"])
        case "paragraph":
            return Markup("<p>{}</p>").format(block["text"])
        case "table":
            return _table(block)
        case "signature":
            return _signature(block, images)
        case "seal":
            seal = Markup('<p class="document-seal"><span>{}</span><span>（印章）</span><span>{}</span></p>')
            return seal.format(block["agency"], block["on"])
        case "picture":
            picture = Markup('<figure class="document-picture">{}<figcaption>{}</figcaption></figure>')
            return picture.format(_svg(block["svg"], block["text"]), block["text"])
        case _:
            where = f"　{block['address']}" if block["address"] else ""
            code = Markup('<p class="document-verification">核验码 <strong>{}</strong>{}</p>')
            return code.format(block["code"], where)


def _table(block: Block) -> Markup:
    head, rows = block["head"], block["rows"]
    top = Markup("<thead><tr>{}</tr></thead>").format(_cells(head, 'th scope="col"')) if head else ""
    body = Markup("").join(
        Markup("<tr>{}{}</tr>").format(
            _cells(row[:1], "td" if head else 'th scope="row"'), _cells(row[1:], "td")
        )
        for row in rows
    )
    return Markup('<table class="document-table">{}<tbody>{}</tbody></table>').format(top, body)


def _cells(texts: Sequence[str], tag: str) -> Markup:
    cell = Markup(f"<{tag}>{{}}</{tag.split()[0]}>")  # noqa: S704  (tags of ours)
    return Markup("").join(cell.format(text) for text in texts)


def _signature(one: Block, images: Images) -> Markup:
    picture = ""
    if one["image"] in images:
        picture = Markup('<img src="{}" alt="{}的签名">').format(images[one["image"]], one["label"])
    return Markup(
        '<div class="document-signature"><p>{}</p><div class="document-sign">{}{}</div><p>{}</p></div>'
    ).format(
        who_signs(one["label"], one["name"], one["certificateNo"]), picture,
        why_unsigned(one["state"], one["reason"]), NO_DAY if one["at"] is None else one["at"],
    )  # fmt: skip


def _svg(svg: str, text: str, kind: str = "") -> Markup:
    """A drawing as a picture: no script in it runs, no style of it reaches the page."""
    source = f"data:image/svg+xml;base64,{b64encode(svg.encode()).decode()}"
    named = Markup(' class="{}"').format(kind) if kind else ""
    return Markup('<img src="{}" alt="{}"{}>').format(source, escape(text), named)


def _day(text: str) -> str:
    """A day as the foot says it; what is none stays as it came."""
    try:
        return day_shown(date.fromisoformat(text))
    except ValueError:
        return text
