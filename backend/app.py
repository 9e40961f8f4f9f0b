"""The web application: extensions, blueprints, nothing else."""

from flask import Flask
from flask_smorest import Api
from werkzeug.exceptions import HTTPException
from werkzeug.middleware.proxy_fix import ProxyFix

from backend.accounts import api as accounts
from backend.accounts import devices_api as devices
from backend.accounts.auth import SESSION_SCHEME
from backend.accounts.tablets import TABLET_SCHEME
from backend.cases import api as cases
from backend.cases import nearby_api as nearby
from backend.cases import orders_api as orders
from backend.cases import penalties_api as penalties
from backend.classification import api as classification
from backend.core import web
from backend.core.deployment import Deployment
from backend.credit import api as credit
from backend.documents import api as documents
from backend.indicators import api as indicators
from backend.inspections import api as inspections
from backend.intake import api as intake
from backend.intake import lead_api as tablet_leads
from backend.intake import openrosa
from backend.intake import rescue_api as rescue
from backend.intake import tablet_api as tablet_submissions
from backend.maps import alerts_api as alerts
from backend.maps import api as maps
from backend.maps import tiles_api as map_tiles
from backend.maps import trends_api as trends
from backend.maps.basemap import archive_of
from backend.packages import api as packages
from backend.planning import api as planning
from backend.proposals import api as proposals
from backend.protected_sites import api as protected_sites
from backend.retention import api as retention
from backend.rulebook import api as rulebook
from backend.screening import api as screening
from backend.sharing import api as sharing
from backend.sharing import messages_api as sharing_messages
from backend.staff_queries import api as staff_queries
from backend.tasks import api as tasks
from backend.tasks import codes_api as check_codes
from backend.tasks import ledger_api as ledger
from backend.tasks import table_api as task_tables
from backend.tips import api as tips
from backend.tips import informants_api as informants
from backend.tips import mandatory_api as mandatory
from backend.tips import orders_api as work_orders
from backend.transfers import api as transfers
from backend.transfers import recommendations_api as recommendations
from backend.venues import api as venues
from backend.web import pages

API_DOORS = (
    accounts, devices, rulebook, protected_sites, venues, classification, screening, tasks, task_tables,
    check_codes, ledger, inspections, tips, informants, work_orders, mandatory, documents, cases, orders,
    nearby, penalties, staff_queries, credit, transfers, recommendations, proposals, planning, indicators,
    maps, map_tiles, trends, alerts, intake, rescue, packages, retention, sharing, sharing_messages,
)  # fmt: skip


def create_app(deployment: Deployment) -> Flask:
    """A WSGI application that serves one deployment."""
    archive_of(deployment.settings)  # a map that cannot be read is said now, not to whoever looks at it
    app = Flask("humiao", static_folder=None)
    web.install(app, deployment)
    app.config.update(
        API_TITLE="护苗 Humiao",
        API_VERSION="1",
        OPENAPI_VERSION="3.1.0",
        OPENAPI_URL_PREFIX="/api",
        OPENAPI_JSON_PATH="openapi.json",
        API_SPEC_OPTIONS={
            "components": {"securitySchemes": {"session": SESSION_SCHEME, "tablet": TABLET_SCHEME}}
        },
    )
    api = Api(app)
    app.register_error_handler(HTTPException, web.http_problem)  # flask-smorest has just put its own there
    app.register_error_handler(Exception, web.surprise)
    for door in API_DOORS:
        api.register_blueprint(door.blp)
    api.register_blueprint(devices.tablet_blp)
    api.register_blueprint(proposals.tablet_blp)
    api.register_blueprint(tasks.tablet_blp)
    api.register_blueprint(ledger.tablet_blp)
    api.register_blueprint(tablet_submissions.tablet_blp)
    api.register_blueprint(tablet_leads.tablet_blp)
    for room in (accounts, openrosa, pages):
        room.install(app)
    if proxies := deployment.settings.trusted_proxies:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=proxies, x_proto=proxies, x_host=proxies)  # type: ignore[method-assign]
    return app
