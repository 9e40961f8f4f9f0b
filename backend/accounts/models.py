"""Columns of accounts: agencies, areas, people, their sessions and devices."""

from datetime import date, datetime

import shapely
from sqlalchemy import JSON, CheckConstraint, ForeignKey, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from backend.accounts.rules import Authority, Revoked, Role, ToCall
from backend.core.db import Base, UtcDateTime
from backend.core.spatial import Geometry


class Agency(Base):
    """An authority and the activities it supervises; `activities` None means all of them."""

    __tablename__ = "agencies"

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(32), unique=True)
    name_zh: Mapped[str] = mapped_column(String(128))
    name_en: Mapped[str] = mapped_column(String(128))
    activities: Mapped[list[str] | None] = mapped_column(JSON(none_as_null=True))
    valid_from: Mapped[date | None]
    valid_to: Mapped[date | None]
    address: Mapped[str | None] = mapped_column(String(255))
    phone: Mapped[str | None] = mapped_column(String(64))
    complaint_phone: Mapped[str | None] = mapped_column(String(64))  # 监督投诉电话
    email: Mapped[str | None] = mapped_column(String(128))
    minors_phone: Mapped[str | None] = mapped_column(
        String(64)
    )  # on duty when a minor is found 未成年人值班电话
    authority: Mapped[str] = mapped_column(  # by which rules its cases go 办案程序
        String(16), default=Authority.GENERAL, server_default=Authority.GENERAL.value
    )

    @property
    def names(self) -> tuple[str, str]:
        """Chinese, English."""
        return self.name_zh, self.name_en

    __table_args__ = (
        CheckConstraint(
            "authority IN ({})".format(", ".join(f"'{one}'" for one in Authority)), name="authority"
        ),
    )


class Area(Base):
    """A district, a street or town. Its code begins with the code of the area that holds it."""

    __tablename__ = "areas"

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(16), unique=True)
    name: Mapped[str] = mapped_column(String(128))
    place: Mapped[shapely.Geometry | None] = mapped_column(Geometry)
    source_crs: Mapped[str | None] = mapped_column(String(32))
    capture: Mapped[str | None] = mapped_column(String(64))
    accuracy_m: Mapped[float | None]
    surveyed_on: Mapped[date | None]
    source: Mapped[str | None] = mapped_column(String(256))
    import_run_id: Mapped[int | None] = mapped_column(index=True)


class User(Base):
    """A person's account. `site_id` is the school a reporter speaks for."""

    __tablename__ = "users"

    id: Mapped[int] = mapped_column(primary_key=True)
    login: Mapped[str] = mapped_column(String(64), unique=True)
    display_name: Mapped[str] = mapped_column(String(64))
    password_hash: Mapped[str] = mapped_column(String(256))
    role: Mapped[str] = mapped_column(String(32))
    agency_id: Mapped[int | None] = mapped_column(ForeignKey("agencies.id"), index=True)
    active: Mapped[bool] = mapped_column(default=True)
    certificate_no: Mapped[str | None] = mapped_column(String(64))
    certificate_valid_to: Mapped[date | None]
    site_id: Mapped[int | None]
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)

    agency: Mapped[Agency | None] = relationship(lazy="joined")
    areas: Mapped[list["UserArea"]] = relationship(lazy="selectin", cascade="all, delete-orphan")

    __table_args__ = (
        CheckConstraint("role IN ({})".format(", ".join(f"'{role}'" for role in Role)), name="role"),
    )


class UserArea(Base):
    """An area that somebody works in; "" is everywhere."""

    __tablename__ = "user_areas"

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    code: Mapped[str] = mapped_column(String(16))

    __table_args__ = (UniqueConstraint("user_id", "code"),)


class SignIn(Base):
    """A session of a desk. The browser holds the token, this row its keyed hash."""

    __tablename__ = "sign_ins"

    id: Mapped[int] = mapped_column(primary_key=True)
    token_hash: Mapped[bytes] = mapped_column(LargeBinary, unique=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"), index=True)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    seen_at: Mapped[datetime] = mapped_column(UtcDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class SignInPlace(Base):
    """Where passwords are tried: an account from anywhere, an address, or a browser that the account knows.

    The key is a keyed hash, so that a list of tried names and addresses is kept nowhere.
    """

    __tablename__ = "sign_in_places"

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[bytes] = mapped_column(LargeBinary, unique=True)
    user_id: Mapped[int | None] = mapped_column(
        ForeignKey("users.id"), index=True
    )  # a known browser's account
    failures: Mapped[int]
    tried_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)


class Device(Base):
    """A tablet with a token of its own, for an officer or for itself.

    One that was enrolled holds a signing key, of which we know the public part; ODK Collect holds none.
    """

    __tablename__ = "devices"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(64))
    token_hash: Mapped[bytes] = mapped_column(LargeBinary, unique=True)
    agency_id: Mapped[int | None] = mapped_column(ForeignKey("agencies.id"), index=True)
    user_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"), index=True)
    areas: Mapped[list[str]] = mapped_column(JSON)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime)
    last_used_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    revoked_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    revoked_because: Mapped[str | None] = mapped_column(String(16))
    public_key: Mapped[bytes | None] = mapped_column(LargeBinary, index=True, unique=True)  # P-256, SPKI
    app_version: Mapped[str | None] = mapped_column(String(32))  # as it says itself
    package_taken_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    package_expires_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    package_version: Mapped[str | None] = mapped_column(String(64))

    agency: Mapped[Agency | None] = relationship(lazy="joined")
    user: Mapped[User | None] = relationship(lazy="joined")

    @property
    def areas_now(self) -> list[str]:
        """An officer's enrolled tablet goes where the officer works today; others have areas of their own."""
        if self.public_key is not None and self.user is not None:
            return [area.code for area in self.user.areas]
        return self.areas

    __table_args__ = (
        CheckConstraint(
            "revoked_because IN ({})".format(", ".join(f"'{why}'" for why in Revoked)), name="revoked_because"
        ),
    )


class EnrolmentCode(Base):
    """What lets one tablet in, once and within minutes; a screen shows it, this row holds its hash."""

    __tablename__ = "enrolment_codes"

    id: Mapped[int] = mapped_column(primary_key=True)
    code_hash: Mapped[bytes] = mapped_column(LargeBinary, unique=True)
    name: Mapped[str] = mapped_column(String(64))
    agency_id: Mapped[int | None] = mapped_column(ForeignKey("agencies.id"), index=True)
    user_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"), index=True)
    areas: Mapped[list[str]] = mapped_column(JSON)
    device_expires_at: Mapped[datetime] = mapped_column(UtcDateTime)
    created_by: Mapped[str] = mapped_column(String(64))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime)
    device_id: Mapped[int | None] = mapped_column(ForeignKey("devices.id"), index=True)  # that used it


class MinorContact(Base):
    """Whom to call in an area when a minor is found (未成年人保护联系电话): an office, never a child."""

    __tablename__ = "minor_contacts"

    id: Mapped[int] = mapped_column(primary_key=True)
    area_code: Mapped[str] = mapped_column(String(16))
    kind: Mapped[str] = mapped_column(String(16))
    name: Mapped[str] = mapped_column(String(128))
    phone: Mapped[str] = mapped_column(String(64))

    __table_args__ = (
        UniqueConstraint("area_code", "kind", "name"),
        CheckConstraint("kind IN ({})".format(", ".join(f"'{kind}'" for kind in ToCall)), name="kind"),
    )
