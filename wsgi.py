"""The application that a WSGI server loads."""

import gc

from backend.app import create_app
from backend.core.deployment import Deployment
from backend.core.settings import Settings

app = create_app(Deployment.open(Settings.from_env()))
gc.freeze()  # what a worker keeps for good is not looked through for garbage again and again
