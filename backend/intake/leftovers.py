"""Sealed files that nothing needs any more leave the disk, those of a killed process too."""

from sqlalchemy import delete, select

from backend.core.deployment import Deployment
from backend.intake.models import UnneededFile


def remove_unneeded(deployment: Deployment) -> None:
    """Remove what committed transactions noted; their rows go after the files."""
    with deployment.reading() as session:
        named = list(session.scalars(select(UnneededFile.stored)))
    for stored in named:
        deployment.files.remove(stored)
    if named:
        with deployment.unit_of_work() as session:
            session.execute(delete(UnneededFile).where(UnneededFile.stored.in_(named)))
