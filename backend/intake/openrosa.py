"""The OpenRosa door (OpenRosa 1.0): the list of forms, forms with their lists, and submissions.

Two doors lead here, over TLS or from this machine only. ODK Collect comes by /openrosa, with Basic or by an
address of its own (`/openrosa/key/<token>/…`); a deployment may close that door. Enrolled tablets come by
/tablet with their token. Only those who may inspect come in.
"""

from datetime import UTC, datetime, timedelta
from typing import Any, cast
from xml.etree import ElementTree as Xml

from flask import Blueprint, Flask, Response, g, request, url_for
from werkzeug.http import parse_date

from backend.accounts.auth import Role, device_of_token, verify_basic
from backend.accounts.tablets import current_tablet, refuse_in_the_clear
from backend.core.errors import NotAllowed, NotFound, Refusal, SignInNeeded
from backend.core.web import deployment, get_session
from backend.intake import actions, lists, tus
from backend.intake.built_forms import catalogue
from backend.intake.errors import CollectDoorClosed
from backend.intake.parts import read_parts
from forms.catalogue import CatalogueForm
from forms.errors import FormUnknown

COLLECT, TABLET = "openrosa", "tablet"

_WORDS = {
    "submission_changed": "同一实例标识已收到另一份内容，未覆盖；更正请另行提交。"
    " Other content came under this instanceID and is kept; send a correction instead.",
    "attachment_changed": "同名附件已收到另一内容，未覆盖。 Another file came under this name and is kept.",
    "submission_unacceptable": "无法接收。 This cannot be received.",
    "submission_too_large": "超过大小限制。 This is over a limit.",
    "not_allowed": "此账号无权检查。 This account may not inspect.",
    "collect_door_closed": "本系统不接收 ODK Collect，请使用登记的平板。"
    " ODK Collect is not let in here; use an enrolled tablet.",
    "not_enrolled": "此入口仅供登记的平板。 This door is for enrolled tablets.",
    "tls_needed": "须使用加密连接（HTTPS）。 Use an encrypted connection (HTTPS).",
    "too_many_tries": "尝试次数过多，请稍后再试。 Too many tries, wait a while.",
    "upload_offset": "续传位置不符，请先查询。 Ask where the upload stands, and go on from there.",
    "upload_gone": "此上传已过期，请重新上传。 This upload has expired; begin again.",
    "being_written": "此上传正在进行。 This upload is being written to.",
    "checksum_mismatch": "校验和不符，请重发。 The checksum differs; send it again.",
    "upload_too_large": "超过大小限制。 This is over a limit.",
    "too_many_uploads": "未完成的上传过多。 Too many uploads are under way.",
    "content_destroyed": "此检查内容已按期销毁。 What belonged to this visit was destroyed on its day.",
    "forms_not_built": "表单尚未生成。 There are no forms yet.",
}


def _take_token(_endpoint: str | None, values: dict[str, Any] | None) -> None:
    g.token = (values or {}).pop("token", None)


def _come_in() -> None:
    if request.blueprint == TABLET:
        g.sender = current_tablet()
    elif not deployment().settings.collect_door:
        raise CollectDoorClosed()
    else:
        refuse_in_the_clear()
        g.sender = _collect()
    if g.sender.role is not Role.INSPECTOR:
        raise NotAllowed(role=g.sender.role)


def _collect() -> actions.Sender:
    if g.token is not None:
        with deployment().reading() as session:
            return device_of_token(session, g.token)
    if (shown := request.authorization) and shown.type == "basic":
        return verify_basic(shown.username or "", shown.password or "")
    raise SignInNeeded()


def form_list() -> Response:
    """The forms of the activities that the caller's agency supervises."""
    root = Xml.Element("xforms", xmlns="http://openrosa.org/xforms/xformsList")
    wanted = request.args.get("formID")
    for form in catalogue(deployment()).current():
        if g.sender.scope.concerns(form.activity) and wanted in (None, form.form_id):
            _describe(Xml.SubElement(root, "xform"), form)
    return _conditional(_xml(root))


def _describe(entry: Xml.Element, form: CatalogueForm) -> None:
    told = {"formID": form.form_id, "name": form.title, "version": form.version, "hash": form.hash}
    told["downloadUrl"] = _address("form", form)
    if form.media:
        told["manifestUrl"] = _address("manifest", form)
    for name, text in told.items():
        Xml.SubElement(entry, name).text = text


def form(form_id: str, version: str) -> Response:
    """The XForm."""
    return _conditional(Response(_form(form_id, version).xml(), content_type="text/xml; charset=utf-8"))


def manifest(form_id: str, version: str) -> Response:
    """The lists that go with a form."""
    chosen = _form(form_id, version)
    root = Xml.Element("manifest", xmlns="http://openrosa.org/xforms/xformsManifest")
    for name in chosen.media:
        entry = Xml.SubElement(root, "mediaFile")
        hashed = lists.md5(get_session(), name, g.sender.scope, chosen.activity)
        told = {
            "filename": name,
            "hash": f"md5:{hashed}",
            "downloadUrl": _address("media", chosen, name=name),
        }
        for key, text in told.items():
            Xml.SubElement(entry, key).text = text
    return _conditional(_xml(root))


def media(form_id: str, version: str, name: str) -> Response:
    """One of these lists."""
    chosen = _form(form_id, version)
    if name not in chosen.media:
        raise NotFound(file=name)
    asked = (get_session(), name, g.sender.scope, chosen.activity)
    response = Response(content_type="text/csv; charset=utf-8")
    response.set_etag(lists.md5(*asked))
    if not request.if_none_match.contains(response.get_etag()[0] or ""):
        response.set_data(lists.write(*asked))
    return _conditional(response)


def submission() -> Response:
    """Keep what was filled in; the answer comes when it is durable."""
    if request.method == "HEAD":
        return Response(status=204)
    served, now = deployment(), datetime.now(UTC)
    parts = read_parts(
        cast(Any, request.stream),
        request.headers.get("Content-Type", ""),
        settings=served.settings,
        create=served.files.create,
    )
    receipt = actions.receive(served, parts, by=g.sender, sent_at=_tablet_clock(now), now=now)
    said = "已收到。 Received." if receipt.is_new else "已收到过，内容相同。 Received before, the same."
    if receipt.unnamed:
        said += f" 另有表单未提及的附件 {len(receipt.unnamed)} 个，已保存。 Kept too: files it does not name."
    return _answer(said, 201, "submit_success")


def _tablet_clock(now: datetime) -> datetime | None:
    """The tablet's clock when it sent. ODK Collect writes hours of a 12-hour clock without am or pm."""
    sent_at = parse_date(request.headers.get("Date"))
    if sent_at and "org.odk.collect" in request.headers.get("User-Agent", ""):
        half_day = timedelta(hours=12)
        return min((sent_at, sent_at + half_day, sent_at - half_day), key=lambda at: abs(at - now))
    return sent_at


def _form(form_id: str, version: str) -> CatalogueForm:
    try:
        chosen = catalogue(deployment()).form(form_id, version)
    except FormUnknown:
        raise NotFound(form=form_id) from None
    if not g.sender.scope.concerns(chosen.activity):
        raise NotFound(form=form_id)
    return chosen


def _address(endpoint: str, form: CatalogueForm, **more: str) -> str:
    token = {} if g.token is None else {"token": g.token}
    return url_for(
        f".{endpoint}", form_id=form.form_id, version=form.version, _external=True, **token, **more
    )


def _xml(root: Xml.Element, code: int = 200) -> Response:
    text = Xml.tostring(root, encoding="utf-8", xml_declaration=True)
    return Response(text, status=code, content_type="text/xml; charset=utf-8")


def _conditional(response: Response) -> Response:
    """Nothing but 304 when the tablet has it already."""
    response.headers["Cache-Control"] = "private, no-cache"
    response.add_etag()
    return cast(Response, response.make_conditional(request))


def _answer(text: str, code: int, nature: str) -> Response:
    root = Xml.Element("OpenRosaResponse", xmlns="http://openrosa.org/http/response")
    Xml.SubElement(root, "message", nature=nature).text = text
    return _xml(root, code)


def _refused(refusal: Refusal) -> Response:
    told = "、".join(f"{name}: {value}" for name, value in refusal.data.items())
    text = f"{_WORDS.get(refusal.status, refusal.status)} ({refusal.status}{'; ' + told if told else ''})"
    response = _answer(text, refusal.code, "submit_error")
    if refusal.code == 401 and g.get("token") is None:
        shown = "Bearer" if request.blueprint == TABLET else "Basic"
        response.headers["WWW-Authenticate"] = f'{shown} realm="humiao", charset="UTF-8"'
    return response


def _speak_openrosa(response: Response) -> Response:
    response.date = datetime.now(UTC)
    if (request.endpoint or "").endswith((".tus_upload", ".tus_uploads")):
        tus.speak(response)
    response.headers["X-OpenRosa-Version"] = "1.0"
    response.headers["X-OpenRosa-Accept-Content-Length"] = str(deployment().settings.max_request_bytes)
    return response


_ROUTES = (
    ("/formList", form_list, ["GET"]),
    ("/forms/<form_id>/<version>.xml", form, ["GET"]),
    ("/forms/<form_id>/<version>/manifest", manifest, ["GET"]),
    ("/forms/<form_id>/<version>/<name>", media, ["GET"]),
    ("/submission", submission, ["HEAD", "POST"]),
    ("/uploads", tus.collection, ["POST", "OPTIONS"]),
    ("/uploads/<upload_id>", tus.one, ["HEAD", "PATCH", "POST", "OPTIONS"]),
)
_NAMES = {tus.collection: "tus_uploads", tus.one: "tus_upload"}


def _door(name: str, prefix: str, *bases: str) -> Blueprint:
    door = Blueprint(name, __name__, url_prefix=prefix)
    door.url_value_preprocessor(_take_token)
    door.before_request(_come_in)
    door.after_request(_speak_openrosa)
    door.register_error_handler(Refusal, _refused)
    for path, view, methods in _ROUTES:
        for base in bases:
            named, automatic = _NAMES.get(view, view.__name__), "OPTIONS" not in methods
            door.add_url_rule(base + path, named, view, methods=methods, provide_automatic_options=automatic)
    return door


def install(app: Flask) -> None:
    """Open both doors."""
    app.register_blueprint(_door(COLLECT, "/openrosa", "", "/key/<token>"))
    app.register_blueprint(_door(TABLET, "/tablet", ""))
