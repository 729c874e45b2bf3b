"""Files that people sent, fetched from Telegram."""

from collections.abc import Awaitable, Callable

from telegram import Bot
from telegram.error import TelegramError

from bot.errors import UserError

#: A file of 20 MB at a megabyte a second.
DOWNLOAD_S = 20.0


def downloading(bot: Bot) -> Callable[[str], Awaitable[bytes]]:
    """Return what fetches a file by its id, and raises UserError if Telegram does not give it."""

    async def download(file_id: str) -> bytes:
        try:
            file = await bot.get_file(file_id)
            return bytes(await file.download_as_bytearray(read_timeout=DOWNLOAD_S))
        except TelegramError as error:
            raise UserError("Telegram does not give the file. Send it again, please.") from error

    return download
