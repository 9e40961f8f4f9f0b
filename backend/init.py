"""Make a deployment ready: keys, tables, the probe row, the rulebook. Harmless when run again."""

from datetime import UTC, datetime

from backend.core.deployment import Deployment
from backend.core.keys import Keys
from backend.core.settings import Settings
from backend.migrations import migrate
from backend.rulebook import actions as rulebook
from backend.tips import clocks as tip_clocks


def initialise(settings: Settings) -> Deployment:
    """Migrate the database of the settings, make what keys are missing, load the rulebook.

    With a new one, deadlines that waited for a year's holidays are counted again.
    """
    deployment = Deployment(settings, Keys.create(settings.keys))
    migrate(deployment.engine)
    deployment.mark()
    with deployment.unit_of_work() as session:
        _, is_new = rulebook.load(session, by="system", now=datetime.now(UTC))
        if is_new:
            tip_clocks.recount(session)
    return deployment
