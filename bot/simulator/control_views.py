"""What the chat page can look at, as JSON."""

from collections.abc import Callable

from bot.simulator.control_acts import find_chat, find_user
from bot.simulator.journal import Request
from bot.simulator.state import State, message_event
from bot.simulator.wire import Json
from bot.simulator.world import Chat


def show_state(state: State, _params: Json) -> Json:
    """Return the bot, the people, the chats and the rules."""
    people = [u for u in state.world.users.values() if not u.is_bot]
    return {
        "bot": state.world.bot.to_json(),
        "users": [u.to_json() | {"is_deactivated": u.is_deactivated} for u in people],
        "chats": [chat_json(c) for c in state.world.chats.values() if c.migrated_to is None],
        "rules": {
            "privacy_mode": state.rules.privacy_mode,
            "inline": state.rules.inline,
            "guest": state.rules.guest,
        },
        "last_event": len(state.feed.events) - 1,
    }


def chat_json(chat: Chat) -> Json:
    """Return a chat as the page lists it."""
    last = max(chat.messages, default=None)
    return chat.to_json() | {
        "members": {str(user_id): status for user_id, status in chat.members.items()},
        "topics": [
            {"id": t.id, "name": t.name, "is_closed": t.is_closed} for t in chat.topics.values()
        ],
        "is_started": chat.is_started,
        "is_blocked": chat.is_blocked,
        "last_message": message_event(chat.messages[last]) if last is not None else None,
    }


def show_messages(state: State, params: Json) -> list[Json]:
    """Return the messages of a chat, or of one of its topics, oldest first."""
    chat = find_chat(state, params["chat"])
    thread = int(params["thread"]) if params.get("thread") else None
    return [
        message_event(m)
        for m in chat.messages.values()
        if not chat.is_forum or m.thread_id == thread
    ]


def show_menu(state: State, params: Json) -> Json:
    """Return the commands a user is offered in a chat, and the menu button."""
    user, chat = find_user(state, params["user"]), find_chat(state, params["chat"])
    return {
        "commands": state.menus.seen_by(user, chat),
        "button": state.menus.button(chat.id if chat.user else None),
    }


def show_profile(state: State, params: Json) -> Json:
    """Return the bot's name and descriptions in a language."""
    language = params.get("language", "")
    names = ("name", "description", "short_description")
    profile: Json = {name: state.menus.text(name, language) for name in names}
    return profile | {"name": profile["name"] or state.world.bot.first_name}


def show_journal(state: State, params: Json) -> Json:
    """Return the requests after a number, all violations, and the buttons that still spin."""
    after = int(params.get("after", 0))
    return {
        "requests": [_request_json(r) for r in state.journal if r.number > after],
        "violations": state.journal.violations,
        "unanswered": [query.id for query in state.queries.unanswered("callback")],
    }


def _request_json(request: Request) -> Json:
    return {
        "number": request.number,
        "method": request.method,
        "params": request.params,
        "at_s": request.at_s,
        "now_s": request.now_s,
        "code": request.code,
        "result": request.result,
        "description": request.description,
        "is_applied": request.is_applied,
        "is_delivered": request.is_delivered,
        "fault": request.fault,
    }


VIEWS: dict[str, Callable[[State, Json], object]] = {
    "state": show_state,
    "messages": show_messages,
    "menu": show_menu,
    "profile": show_profile,
    "journal": show_journal,
}
