from datetime import timedelta

import pytest

from bot.store.database import Database
from bot.store.roles import Grant, Role, get_role, get_role_on, list_roles, set_role

from .samples import NOON


async def test_who_was_given_nothing_is_a_reader(db: Database) -> None:
    assert await get_role(db, 1) is Role.READER
    assert await list_roles(db) == ()


async def test_roles_are_given_changed_and_taken(db: Database) -> None:
    later = NOON + timedelta(hours=1)
    async with db.write() as connection:
        await set_role(connection, 1, Role.OWNER, NOON, None)
        await set_role(connection, 2, Role.EDITOR, NOON, 1)
        await set_role(connection, 3, Role.EDITOR, NOON, 1)
        await set_role(connection, 3, Role.OWNER, later, 1)
        await set_role(connection, 2, Role.READER, later, 1)
        assert await get_role_on(connection, 3) is Role.OWNER
    assert await list_roles(db) == (
        Grant(1, Role.OWNER, NOON, None),
        Grant(3, Role.OWNER, later, 1),
    )
    assert await get_role(db, 2) is Role.READER


async def test_owners_are_listed_before_editors(db: Database) -> None:
    async with db.write() as connection:
        await set_role(connection, 1, Role.EDITOR, NOON, 2)
        await set_role(connection, 2, Role.OWNER, NOON, None)
    assert [grant.user_id for grant in await list_roles(db)] == [2, 1]


@pytest.mark.parametrize(
    ("role", "covered"),
    [
        (Role.OWNER, {Role.OWNER, Role.EDITOR, Role.READER}),
        (Role.EDITOR, {Role.EDITOR, Role.READER}),
        (Role.READER, {Role.READER}),
    ],
)
def test_a_role_covers_the_lesser_ones(role: Role, covered: set[Role]) -> None:
    assert {needed for needed in Role if role.covers(needed)} == covered
