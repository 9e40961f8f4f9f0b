"""A filled form as it comes in (提交): untrusted XML, read once, within limits.

A document type is refused, so there are no entities; nothing is fetched; a tree that is too big, too deep or
too long is refused while it is read.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.parsers import expat

from forms.errors import SubmissionUnreadable

OPENROSA = "http://openrosa.org/xforms"
_OURS = frozenset({"http://www.w3.org/2002/xforms", OPENROSA, "http://openrosa.org/xforms/metadata"})
_FILE_NAME = re.compile(r"[^/\\\s][^/\\]{0,200}\.[A-Za-z][A-Za-z0-9]{1,4}")


@dataclass(frozen=True, slots=True)
class Limits:
    """What a submission may not exceed. The defaults leave room for a visit with some hundred photos."""

    size: int = 2_000_000  # bytes of XML
    depth: int = 12
    nodes: int = 20_000
    text: int = 50_000  # characters of one answer
    name: int = 100  # characters of the name of a node
    id: int = 200  # characters of form id, version, instanceID, deprecatedID


@dataclass(slots=True)
class Node:
    """One element of a submission. A repeat is several nodes of one nodeset under the same parent."""

    name: str
    nodeset: str
    text: str = ""
    children: list["Node"] = field(default_factory=list)

    def leaves(self) -> Iterator["Node"]:
        """Every node with something written in it or without children, in the order of the form."""
        if not self.children or self.text.strip():
            yield self
        for child in self.children:
            yield from child.leaves()


@dataclass(frozen=True, slots=True)
class Submission:
    """One filled form. `instance_id` is made once on the tablet; `deprecated_id` is the one it corrects."""

    form_id: str
    version: str
    instance_id: str
    deprecated_id: str
    root: Node

    @property
    def answers(self) -> dict[str, list[str]]:
        """Every answer that is not blank by its nodeset; several where a repeat was filled more than once."""
        found: dict[str, list[str]] = {}
        for leaf in self.root.leaves():
            if text := leaf.text.strip():
                found.setdefault(leaf.nodeset, []).append(text)
        return found

    @property
    def file_names(self) -> frozenset[str]:
        """Answers that may name an attachment, told without the form: `CatalogueForm.file_names` is exact."""
        texts = (leaf.text.strip() for leaf in self.root.leaves())
        return frozenset(text for text in texts if _FILE_NAME.fullmatch(text))


def parse(xml: bytes, *, limits: Limits | None = None) -> Submission:
    """Read a submission.

    Parameters
    ----------
    xml : bytes
        The part `xml_submission_file`, as it came.
    limits : Limits, optional

    Returns
    -------
    Submission
        With every node that was sent, known to a form or not.

    Raises
    ------
    SubmissionUnreadable
        With `reason` one of too_large, too_deep, too_many_nodes, text_too_long, name_too_long, doctype,
        id_too_long, not_xml, wrong_namespace, no_form_id, no_instance_id, two_instance_ids.
    """
    limits = limits or Limits()
    if len(xml) > limits.size:
        raise SubmissionUnreadable("too_large", f"{len(xml)} bytes, at most {limits.size} are read")
    root, attributes = _Tree(limits).read(xml)
    if not (form_id := attributes.get("id", "").strip()):
        raise SubmissionUnreadable("no_form_id", "the first element has no attribute id")
    meta = [leaf for child in root.children if child.name == "meta" for leaf in child.children]
    instance_ids = [leaf.text.strip() for leaf in meta if leaf.name == "instanceID"]
    if len(instance_ids) > 1:
        raise SubmissionUnreadable("two_instance_ids", "meta/instanceID stands there more than once")
    if not any(instance_ids):
        raise SubmissionUnreadable("no_instance_id", "meta/instanceID is missing or blank")
    deprecated = next((leaf.text.strip() for leaf in meta if leaf.name == "deprecatedID"), "")
    ids = (form_id, attributes.get("version", "").strip(), instance_ids[0], deprecated)
    if max(map(len, ids)) > limits.id:
        raise SubmissionUnreadable("id_too_long", f"an id or a version of more than {limits.id} characters")
    return Submission(*ids, root)


class _Tree:
    """Builds the nodes while expat reads, and stops at the first limit."""

    def __init__(self, limits: Limits) -> None:
        self.limits, self.nodes = limits, 0
        self.top = Node("", "")
        self.open = [self.top]
        self.attributes: dict[str, str] = {}

    def read(self, xml: bytes) -> tuple[Node, dict[str, str]]:
        parser = expat.ParserCreate(namespace_separator=" ")
        parser.buffer_text = True
        parser.StartDoctypeDeclHandler = _refuse_doctype
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._text
        try:
            parser.Parse(xml, True)
        except expat.ExpatError as error:
            raise SubmissionUnreadable("not_xml", str(error)) from error
        except (LookupError, ValueError) as error:  # an encoding that expat does not know
            if isinstance(error, SubmissionUnreadable):
                raise
            raise SubmissionUnreadable("not_xml", "its encoding cannot be read") from error
        return self.top.children[0], self.attributes

    def _start(self, qualified: str, attributes: dict[str, str]) -> None:
        limits, parent = self.limits, self.open[-1]
        self.nodes += 1
        if self.nodes > limits.nodes:
            raise SubmissionUnreadable("too_many_nodes", f"more than {limits.nodes}")
        if len(self.open) > limits.depth:
            raise SubmissionUnreadable("too_deep", f"more than {limits.depth} levels")
        if len(qualified) > limits.name:
            raise SubmissionUnreadable("name_too_long", f"a name of more than {limits.name} characters")
        if parent is self.top:
            self.attributes = attributes
        name = self._local(qualified)
        node = Node(name, f"{parent.nodeset}/{name}")
        parent.children.append(node)
        self.open.append(node)

    def _local(self, qualified: str) -> str:
        """The name, without the namespaces of XForms and OpenRosa; a foreign one stays with it."""
        namespace, _, name = qualified.rpartition(" ")
        if not namespace or namespace in _OURS:
            return name
        if len(self.open) == 1:
            raise SubmissionUnreadable("wrong_namespace", "the first element is not of XForms")
        return f"{{{namespace}}}{name}"

    def _end(self, _: str) -> None:
        self.open.pop()

    def _text(self, text: str) -> None:
        node = self.open[-1]
        if len(node.text) + len(text) > self.limits.text:
            raise SubmissionUnreadable(
                "text_too_long", f"an answer of more than {self.limits.text} characters"
            )
        node.text += text


def _refuse_doctype(*_: object) -> None:
    raise SubmissionUnreadable("doctype", "a document type is never part of a submission")
