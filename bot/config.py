"""Settings of one instance, from the environment and from a file.

Every setting is a field here and a row in README's table; a test holds the two together.
"""

import os
import re
import stat
from collections.abc import Mapping
from difflib import get_close_matches
from enum import StrEnum
from pathlib import Path
from typing import Any

from pydantic import Field, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from bot.errors import SettingsError
from index.types import Language

PREFIX = "PARAGRAF_"

#: A file of `PARAGRAF_NAME=value` lines in the working directory; the environment goes before it.
SETTINGS_FILE = "paragraf.env"


#: Where container engines mount secrets, readable for all inside.
SECRETS = Path("/run/secrets")

_TOKEN = re.compile(r"\d+:[\w-]+")


class LogLevel(StrEnum):
    """From which weight on a line is logged."""

    DEBUG = "debug"
    INFO = "info"
    WARNING = "warning"
    ERROR = "error"


class LogFormat(StrEnum):
    """How a log line looks: for a person or for a machine."""

    CONSOLE = "console"
    JSON = "json"


def _default_data() -> Path:
    """Return where programs of this user keep their data. Source: XDG Base Directory."""
    base = os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share"
    return Path(base) / "paragraf"


class Settings(BaseSettings):
    """What an operator can choose."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX, env_file=SETTINGS_FILE, env_file_encoding="utf-8", extra="ignore"
    )

    data: Path = Field(default_factory=_default_data, description="a folder that can be written")
    language: Language = Field(default=Language.RU, description="ru, en or az")
    log_level: LogLevel = Field(default=LogLevel.INFO, description="debug, info, warning or error")
    token: str = Field(default="", description="the token that BotFather gave", repr=False)
    token_file: Path | None = Field(default=None, description="a file that only you can read")
    api_url: str = Field(
        default="https://api.telegram.org", description="http(s)://host", pattern=r"^https?://[^/]+"
    )
    owners: str = Field(
        default="", description="numeric ids, with commas", pattern=r"^\s*(\d+\s*(,\s*\d+\s*)*)?$"
    )
    log_format: LogFormat = Field(default=LogFormat.CONSOLE, description="console or json")

    semantic: bool = Field(default=False, description="on or off")

    @property
    def owner_ids(self) -> tuple[int, ...]:
        """Return the numeric ids of the owners."""
        return tuple(int(part) for part in self.owners.split(",") if part.strip())

    def read_token(self) -> str:
        """Return the bot's token, from its file if one is named.

        Raises:
            SettingsError: there is none, or others can read the file.

        """
        token = self.token if self.token_file is None else _read_secret(self.token_file)
        if not _TOKEN.fullmatch(token):
            raise SettingsError(
                "PARAGRAF_TOKEN is missing or no token. Use the one that BotFather gave, "
                "or name its file in PARAGRAF_TOKEN_FILE."
            )
        return token


def _read_secret(path: Path) -> str:
    """Return what a file says that nobody else can read; where a container mounts secrets, any."""
    try:
        is_open = path.stat().st_mode & stat.S_IROTH
        if is_open and not path.is_relative_to(SECRETS):
            raise SettingsError(
                f"PARAGRAF_TOKEN_FILE={path} can be read by everybody. Use chmod 600 {path}"
            )
        return path.read_text(encoding="utf-8").strip()
    except OSError as error:
        raise SettingsError(
            f"PARAGRAF_TOKEN_FILE={path} does not fit: {error.strerror}. "
            "Use a file that only you can read."
        ) from error


def load_settings(environment: Mapping[str, str] = os.environ) -> Settings:
    """Return the settings of this process.

    Raises:
        SettingsError: a value does not fit, or the environment has a `PARAGRAF_` name that is no
            setting. The message has a line for each, with the value and what would fit.

    """
    _refuse_unknown(environment)
    try:
        return Settings()
    except ValidationError as error:
        raise SettingsError("\n".join(map(_explain, error.errors()))) from error
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(f"The file {SETTINGS_FILE} cannot be read: {error}.") from error


def _refuse_unknown(environment: Mapping[str, str]) -> None:
    known = {PREFIX + name.upper() for name in Settings.model_fields}
    for name in sorted(environment):
        if name.startswith(PREFIX) and name not in known:
            near = get_close_matches(name, known, n=1)
            hint = f" Did you mean {near[0]}?" if near else ""
            raise SettingsError(f"{name} is not a setting.{hint} README lists them all.")


def _explain(problem: Mapping[str, Any]) -> str:
    name = str(problem["loc"][0])
    field = Settings.model_fields[name]
    given = "…" if name == "token" else problem["input"]
    return f"{PREFIX}{name.upper()}={given} does not fit. Use {field.description}."
