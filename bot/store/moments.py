"""How moments are kept: whole microseconds since 1970 in UTC, the same number in every database.

An integer keeps the microsecond that a `datetime` has, compares without a calendar, and is what
text SQL on the driver and Core both read.
"""

from datetime import UTC, datetime, timedelta

from sqlalchemy import BigInteger, Dialect
from sqlalchemy.types import TypeDecorator

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)


def to_micros(at: datetime) -> int:
    """Return the microseconds from 1970 to `at`, which must carry a time zone.

    Raises: ValueError for a moment without a time zone, which names no moment.
    """
    if at.tzinfo is None:
        raise ValueError(f"a moment needs a time zone: {at!r}")
    return (at - EPOCH) // MICROSECOND


def from_micros(micros: int) -> datetime:
    """Return the UTC moment `micros` microseconds after 1970."""
    return EPOCH + micros * MICROSECOND


class Moment(TypeDecorator[datetime]):
    """A column of UTC moments, stored as whole microseconds since 1970."""

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> int | None:  # noqa: ARG002 - the base class gives it
        """Return what is stored for `value`."""
        return None if value is None else to_micros(value)

    def process_result_value(self, value: int | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002 - likewise
        """Return the moment that was stored as `value`."""
        return None if value is None else from_micros(value)
