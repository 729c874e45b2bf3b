"""The owners that the settings name, and the link for a bot that has none yet."""

from telegram.helpers import create_deep_linked_url

from bot.chat.editors import INVITATION, LINK_LASTS, invitation_subject
from bot.context import Services
from bot.store.nonces import Nonce, add_nonce, mint_link_token
from bot.store.roles import Role, list_roles, set_role


async def grant_owners(services: Services) -> None:
    """Give the owners named in the settings their role."""
    at = services.now()
    async with services.db.write() as connection:
        for user_id in services.settings.owner_ids:
            await set_role(connection, user_id, Role.OWNER, at, given_by=user_id)


async def first_owner_link(services: Services) -> str | None:
    """Return a link that makes its first opener the owner, None when there is an owner."""
    if any(grant.role is Role.OWNER for grant in await list_roles(services.db)):
        return None
    token = mint_link_token()
    until = services.now() + LINK_LASTS
    async with services.db.write() as connection:
        await add_nonce(
            connection, Nonce(token, INVITATION, invitation_subject(Role.OWNER, None), until)
        )
    return create_deep_linked_url(services.username, f"i{token}")
