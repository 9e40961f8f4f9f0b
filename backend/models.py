"""Every room's tables in one place, for migrations and for whoever needs all of them."""

# ruff: noqa: F401
from backend.accounts import models as accounts
from backend.cases import models as cases
from backend.cases import order_models as orders
from backend.cases import penalty_models as penalties
from backend.classification import models as classification
from backend.core import audit, deployment, sealed
from backend.credit import models as credit
from backend.documents import models as issued_documents
from backend.imports import models as imports
from backend.indicators import models as indicators
from backend.inspections import models as inspections
from backend.intake import document_models as documents
from backend.intake import models as intake
from backend.maps import models as maps
from backend.packages import models as packages
from backend.planning import models as planning
from backend.proposals import models as proposals
from backend.protected_sites import models as protected_sites
from backend.retention import models as retention
from backend.roads import models as roads
from backend.rulebook import models as rulebook
from backend.screening import models as screening
from backend.sharing import models as sharing
from backend.staff_queries import models as staff_queries
from backend.tasks import ledger_models as ledger
from backend.tasks import models as tasks
from backend.tips import mandatory_models as mandatory
from backend.tips import models as tips
from backend.tips import order_models as work_orders
from backend.transfers import models as transfers
from backend.venues import models as venues
