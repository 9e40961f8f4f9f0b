"""The web application: extensions, blueprints, nothing else."""

import importlib
import importlib.util

from flask import Flask
from flask_smorest import Api
from werkzeug.exceptions import HTTPException

from backend.accounts.auth import SESSION_SCHEME
from backend.core import web
from backend.core.deployment import Deployment

# Doors in the order of the house. A module's `blp` is part of the API, `pages` are for desks, `door` is neither.
_DOORS = (
    "accounts.api", "rulebook.api", "protected_sites.api", "venues.api", "screening.api", "inspections.api",
    "intake.api", "web.pages",
)  # fmt: skip


def create_app(deployment: Deployment) -> Flask:
    """A WSGI application that serves one deployment."""
    app = Flask("humiao", static_folder=None)
    web.install(app, deployment)
    app.config.update(
        API_TITLE="护苗 Humiao",
        API_VERSION="1",
        OPENAPI_VERSION="3.1.0",
        OPENAPI_URL_PREFIX="/api",
        OPENAPI_JSON_PATH="openapi.json",
        API_SPEC_OPTIONS={"components": {"securitySchemes": {"session": SESSION_SCHEME}}},
    )
    api = Api(app)
    app.register_error_handler(HTTPException, web.http_problem)  # flask-smorest has just put its own there
    app.register_error_handler(Exception, web.surprise)
    for name in _DOORS:
        if importlib.util.find_spec(f"backend.{name.split('.')[0]}") and importlib.util.find_spec(
            f"backend.{name}"
        ):
            module = importlib.import_module(f"backend.{name}")
            if hasattr(module, "blp"):
                api.register_blueprint(module.blp)
            if hasattr(module, "install"):
                module.install(app)
    return app
