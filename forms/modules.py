"""Several checklists in one visit (一次检查、多个模块): the start of the next from one that is filled in.

A venue with several activities gets one submission an activity. All carry the `visit_id` of the first,
which is its instance id. Who came, why, where and with which check code is asked once and copied.
"""

from datetime import datetime
from uuid import uuid4
from xml.etree import ElementTree

from forms.catalogue import CatalogueForm
from forms.submission import Node, Submission
from forms.visits import visit_id_of

COPIED = ("arrival", "place")
XFORMS = "http://www.w3.org/2002/xforms"


def next_module(
    filled: Submission, form: CatalogueForm, *, started_at: datetime, instance_id: str | None = None
) -> bytes:
    """The saved instance with which a tablet opens the next checklist of a visit.

    Parameters
    ----------
    filled : Submission
        A checklist of the same visit, the first or a later one.
    form : CatalogueForm
        The checklist of another activity. What it does not ask is not copied.
    started_at : datetime
        When the officers turned to this activity, with its offset: an engine notes the time itself only
        when it opens a form without a saved instance.
    instance_id : str, optional
        Made here if it is not given.

    Returns
    -------
    bytes
        Every node of the form in its order, blank but for the visit, arrival, venue and position.

    Raises
    ------
    ValueError
        If `started_at` is naive.
    """
    if started_at.tzinfo is None:
        raise ValueError("a module starts at an instant with its offset from UTC")
    known = _copied(filled.root) | {
        "/data/start": started_at.isoformat(timespec="milliseconds"),
        "/data/arrival/visit_id": visit_id_of(filled),
    }
    root = ElementTree.Element("data", {"xmlns": XFORMS, "id": form.form_id, "version": form.version})
    nodes = {"/data": root}
    for nodeset, question in form.questions.items():
        nodes[nodeset] = ElementTree.SubElement(nodes[nodeset.rpartition("/")[0]], question.name)
        nodes[nodeset].text = known.get(nodeset)
    meta = ElementTree.SubElement(root, "meta")
    ElementTree.SubElement(meta, "instanceID").text = instance_id or f"uuid:{uuid4()}"
    xml: bytes = ElementTree.tostring(root, encoding="utf-8")
    return xml


def _copied(root: Node) -> dict[str, str]:
    """What is the same in every module of a visit, by nodeset."""
    device = [child for child in root.children if child.name == "deviceid"]
    groups = (child for child in root.children if child.name in COPIED)
    return {
        leaf.nodeset: leaf.text for leaf in [*device, *(leaf for group in groups for leaf in group.children)]
    }
