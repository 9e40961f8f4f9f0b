"""Coming in: a name and a password held against an account, with tries counted where they are made.

Each try is counted before the password is looked at and taken back when it is right, so that many tries at
once cannot slip past the limit. A browser (or a tablet's address) that came in before is counted by itself:
whoever guesses from elsewhere closes the account for unknown places only, never for those.
"""

import math
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, and_, delete, or_, select, update
from sqlalchemy.orm import Session

from backend.accounts import passwords, queries, rules
from backend.accounts.errors import SignInFailed, TooManyTries
from backend.accounts.models import SignInPlace
from backend.accounts.scope import Person
from backend.core import audit
from backend.core.db import insert_if_new
from backend.core.deployment import Deployment

KNOWN_FOR = timedelta(days=180)
FORGOTTEN_AFTER = timedelta(days=1)  # tries from unknown places


class Door:
    """One try to come in. `place` shows an earlier visit: a browser's secret, or a tablet's address."""

    def __init__(self, served: Deployment, login: str, *, place: str, address: str, now: datetime) -> None:
        self.deployment, self.login, self.now = served, login.strip().casefold(), now
        self._known = self._key("known", self.login, place)
        self._account, self._address = self._key("account", self.login), self._key("address", address)
        self._counted: list[bytes] = []

    def _key(self, *parts: str) -> bytes:
        return self.deployment.keys.keyed_hash("place", *parts)

    def check(self, password: str) -> Person:
        """Whose password this is. Raises SignInFailed or TooManyTries, for unknown accounts too."""
        with self.deployment.reading() as session:
            self._refuse_if_closed(self._places(session))
            user = queries.user_by_login(session, self.login)
            person, self.password_hash = queries.person_of(user, self.now), user.password_hash if user else ""
        with self.deployment.unit_of_work() as session:
            self._count(session)
        if passwords.verify(self.password_hash if person else None, password) and person:
            return person
        with self.deployment.unit_of_work() as session:
            subject = f"user:{user.id}" if user else "user:unknown"
            audit.record(session, "account.sign_in_failed", by="nobody", subject=subject)
        raise SignInFailed()

    def _places(self, session: Session) -> list[SignInPlace]:
        """Where this try counts: the known place alone, or the account and the address of an unknown one."""
        rows = select(SignInPlace).order_by(SignInPlace.key).with_for_update()
        known = rows.where(SignInPlace.key == self._known, SignInPlace.tried_at > self.now - KNOWN_FOR)
        unknown = rows.where(SignInPlace.key.in_([self._account, self._address]))
        return list(session.scalars(known)) or list(session.scalars(unknown))

    def _refuse_if_closed(self, places: list[SignInPlace]) -> None:
        if wait_s := max((self._wait_s(place) for place in places), default=0.0):
            raise TooManyTries(wait_s=math.ceil(wait_s))

    def _wait_s(self, place: SignInPlace) -> float:
        since_s = (self.now - place.tried_at).total_seconds()
        if place.key == self._address:
            return rules.address_wait_s(place.failures, since_s)
        limits = self.deployment.settings
        return rules.account_wait_s(
            place.failures, since_s, attempts=limits.password_attempts, lock_s=limits.password_lock_s
        )

    def _count(self, session: Session) -> None:
        places = self._places(session)
        if not any(place.key == self._known for place in places):
            for key in sorted((self._account, self._address)):
                insert_if_new(session, SignInPlace, key=key, failures=0, tried_at=self.now)
            places = self._places(session)
        self._refuse_if_closed(places)
        forgotten_before = self.now - timedelta(seconds=self.deployment.settings.password_lock_s)
        for place in places:
            place.failures = 1 if place.tried_at <= forgotten_before else place.failures + 1
            place.tried_at = self.now
        self._counted = [place.key for place in places]

    def remember(self, session: Session, user_id: int) -> None:
        """The password was right: take the try back, and know this place from now on."""
        key = SignInPlace.key
        if self._address in self._counted:
            taken_back = {"failures": SignInPlace.failures - 1}
            session.execute(update(SignInPlace).where(key == self._address).values(taken_back))
        over = [counted for counted in self._counted if counted != self._address]
        session.execute(delete(SignInPlace).where(or_(key.in_(over), self._outdated())))
        insert_if_new(session, SignInPlace, key=self._known, user_id=user_id, failures=0, tried_at=self.now)

    def _outdated(self) -> ColumnElement[bool]:
        strange = and_(SignInPlace.user_id.is_(None), SignInPlace.tried_at < self.now - FORGOTTEN_AFTER)
        return or_(strange, SignInPlace.tried_at < self.now - KNOWN_FOR)
