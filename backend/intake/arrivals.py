"""A submission made ready to be kept: read within limits, compressed, sealed, its files durable on the disk.

All of this is slow, and none of it needs the database: it is done before the line of writers.
"""

import os
import re
import zlib
from dataclasses import dataclass

from backend.core import personal_numbers
from backend.core.deployment import Deployment
from backend.core.sealed import ContentDestroyed, VisitKey, seal
from backend.intake.errors import SubmissionTooLarge, SubmissionUnacceptable
from backend.intake.parts import XML_PART, Parts
from forms.errors import SubmissionUnreadable
from forms.submission import Limits, Submission, parse
from forms.visits import visit_id_of

_ID = re.compile(r"[A-Za-z0-9:._-]{1,64}")


@dataclass(frozen=True, slots=True)
class Arrival:
    """A submission sealed under a key of its own, which its visit most likely gets."""

    submission: Submission
    visit_no: str
    xml_hash: bytes  # keyed
    secret: bytes
    packed: bytes
    sealed: bytes

    def sealed_with(self, key: VisitKey) -> bytes:
        """The XML under the visit's key, sealed again when an earlier submission brought that key."""
        if key.secret == self.secret:
            return self.sealed
        return key.seal(self.packed, xml_context(self.submission.instance_id))


def prepare(deployment: Deployment, parts: Parts) -> Arrival:
    """Read and seal what came. Raises SubmissionUnacceptable, SubmissionTooLarge."""
    submission = read_submission(parts.xml, deployment.settings.max_xml_bytes)
    packed, secret = zlib.compress(parts.xml, 6), os.urandom(32)
    for file in parts.files.values():
        file.finish()
    if parts.files:
        deployment.files.sync()
    return Arrival(
        submission=submission,
        visit_no=visit_id_of(submission),
        xml_hash=deployment.keys.keyed_hash("xml", parts.xml),
        secret=secret,
        packed=packed,
        sealed=seal(secret, packed, xml_context(submission.instance_id)),
    )


def open_xml(key: VisitKey, sealed: bytes, instance_id: str) -> bytes:
    """The XML of an envelope, byte for byte as it came. Raises InvalidTag, ContentDestroyed."""
    if not sealed:
        raise ContentDestroyed(instanceID=instance_id)
    return zlib.decompress(key.open(sealed, xml_context(instance_id)))


def xml_context(instance_id: str) -> str:
    return f"xml:{instance_id}"


def file_context(instance_id: str, stored: str) -> str:
    return f"file:{instance_id}:{stored}"


def plain_version(submission: Submission) -> str:
    """The version as it may stand in the clear; whatever else came in its place is in the envelope only."""
    return submission.version if is_plain(submission.version) else "?"


def is_plain(text: str) -> bool:
    """Whether an id may stand in the clear."""
    return bool(_ID.fullmatch(text)) and not personal_numbers.find(text)


def read_submission(xml: bytes, limit: int) -> Submission:
    """A filled form within limits. Raises SubmissionUnacceptable, SubmissionTooLarge."""
    try:
        submission = parse(xml, limits=Limits(size=limit))
    except SubmissionUnreadable as problem:
        if problem.reason.startswith("too_") or problem.reason.endswith("_too_long"):
            raise SubmissionTooLarge(part=XML_PART, reason=problem.reason) from None
        raise SubmissionUnacceptable(reason=problem.reason) from None
    for part, text in (("instanceID", submission.instance_id), ("id", submission.form_id)):
        if not is_plain(text):
            raise SubmissionUnacceptable(reason="id_not_allowed", part=part)
    return submission
