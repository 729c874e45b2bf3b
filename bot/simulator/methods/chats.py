"""What the bot can know about itself, chats and members."""

from bot.simulator.access import known_chat
from bot.simulator.errors import bad_request
from bot.simulator.methods.call import Call, Method
from bot.simulator.wire import Json
from bot.simulator.world import ADMINS, PRESENT, member_json, members_of

_REACTIONS = 11  # what Telegram answers for ordinary chats


def get_me(call: Call) -> Json:
    """Return the bot, and what its owner allowed it."""
    rules = call.state.rules
    return call.state.world.bot.to_json() | {
        "can_join_groups": True,
        "can_read_all_group_messages": not rules.privacy_mode,
        "supports_inline_queries": rules.inline,
        "supports_guest_queries": rules.guest,
        "can_connect_to_business": False,
        "has_main_web_app": False,
    }


def get_chat(call: Call) -> Json:
    """Return the chat with the fields that `ChatFullInfo` requires."""
    chat = known_chat(call.state, call.params["chat_id"])
    gifts = dict.fromkeys(
        (
            "unlimited_gifts",
            "limited_gifts",
            "unique_gifts",
            "premium_subscription",
            "gifts_from_channels",
        ),
        False,
    )
    full: Json = chat.to_json() | {
        "accent_color_id": 0,
        "max_reaction_count": _REACTIONS,
        "accepted_gift_types": gifts,
    }
    if chat.linked_group:
        full["linked_chat_id"] = chat.linked_group.id
    return full


def get_member(call: Call) -> Json:
    """Return the status of a user in a chat.

    Raises: ApiError 400 for a user nobody has seen.
    """
    chat = known_chat(call.state, call.params["chat_id"])
    user = call.state.world.users.get(call.params["user_id"])
    if user is None:
        raise bad_request("user not found")
    if chat.user:
        return member_json(user, "member")
    return member_json(user, chat.status(user.id))


def get_administrators(call: Call) -> list[Json]:
    """Return the administrators who are not bots."""
    chat = known_chat(call.state, call.params["chat_id"])
    if chat.user:
        raise bad_request("there are no administrators in the private chat")
    admins = members_of(chat, call.state.world, ADMINS)
    wanted = [u for u in admins if not u.is_bot or call.params.get("return_bots")]
    return [member_json(user, chat.status(user.id)) for user in wanted]


def get_member_count(call: Call) -> int:
    """Return how many are in the chat."""
    chat = known_chat(call.state, call.params["chat_id"])
    return 2 if chat.user else len(members_of(chat, call.state.world, PRESENT))


def leave(call: Call) -> bool:
    """Return True; the bot is no longer in the chat."""
    chat = known_chat(call.state, call.params["chat_id"])
    if chat.user:
        raise bad_request("chat member status can't be changed in private chats")
    chat.members[call.state.world.bot.id] = "left"
    call.state.feed.publish("chats", chat.id, {})
    return True


def delete_webhook(call: Call) -> bool:
    """Return True; there is no webhook, but updates may be dropped."""
    if call.params.get("drop_pending_updates"):
        call.state.updates.drop()
    return True


def get_webhook_info(call: Call) -> Json:
    """Return that there is no webhook, and how many updates wait."""
    return {
        "url": "",
        "has_custom_certificate": False,
        "pending_update_count": len(call.state.updates.pending()),
    }


METHODS: dict[str, Method] = {
    "getMe": get_me,
    "getChat": get_chat,
    "getChatMember": get_member,
    "getChatAdministrators": get_administrators,
    "getChatMemberCount": get_member_count,
    "leaveChat": leave,
    "deleteWebhook": delete_webhook,
    "getWebhookInfo": get_webhook_info,
}
