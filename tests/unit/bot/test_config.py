"""A wrong setting is named with its value and the way to mend it."""

from pathlib import Path

import pytest

from bot.config import load_settings
from bot.errors import SettingsError


@pytest.fixture(autouse=True)
def _elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Work in an empty folder, with none of this machine's settings."""
    monkeypatch.chdir(tmp_path)
    for name in (
        "DATA",
        "LANGUAGE",
        "LOG_LEVEL",
        "LOG_FORMAT",
        "TOKEN",
        "TOKEN_FILE",
        "API_URL",
        "OWNERS",
        "SEMANTIC",
    ):
        monkeypatch.delenv(f"PARAGRAF_{name}", raising=False)


def test_defaults(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing has to be set."""
    monkeypatch.setenv("XDG_DATA_HOME", "/somewhere")
    settings = load_settings()
    assert settings.data == Path("/somewhere/paragraf")
    assert settings.language == "ru"


def test_environment_goes_before_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Both are read."""
    (tmp_path / "paragraf.env").write_text("PARAGRAF_LANGUAGE=az\nPARAGRAF_LOG_LEVEL=error\n")
    monkeypatch.setenv("PARAGRAF_LOG_LEVEL", "debug")
    settings = load_settings()
    assert (settings.language, settings.log_level) == ("az", "debug")


def test_a_wrong_value_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """With what would fit."""
    monkeypatch.setenv("PARAGRAF_LANGUAGE", "de")
    with pytest.raises(SettingsError, match=r"PARAGRAF_LANGUAGE=de .* ru, en or az"):
        load_settings()


def test_a_mistyped_name_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """With the name that was meant."""
    monkeypatch.setenv("PARAGRAF_LANGAUGE", "ru")
    with pytest.raises(SettingsError, match="Did you mean PARAGRAF_LANGUAGE"):
        load_settings()


def test_owners_are_numbers(monkeypatch: pytest.MonkeyPatch) -> None:
    """With commas, and spaces where somebody likes them."""
    monkeypatch.setenv("PARAGRAF_OWNERS", " 12, 345 ")
    assert load_settings().owner_ids == (12, 345)
    monkeypatch.setenv("PARAGRAF_OWNERS", "@anna")
    with pytest.raises(SettingsError, match=r"PARAGRAF_OWNERS=@anna .* numeric"):
        load_settings()


def test_no_token_is_said_with_the_way_out() -> None:
    """Whoever starts for the first time learns where to get one."""
    with pytest.raises(SettingsError, match="BotFather"):
        load_settings().read_token()


def test_a_token_comes_from_a_file_of_mine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file that everybody here can read is refused."""
    file = tmp_path / "token"
    file.write_text("1:secret\n")
    monkeypatch.setenv("PARAGRAF_TOKEN_FILE", str(file))
    file.chmod(0o600)
    assert load_settings().read_token() == "1:secret"
    file.chmod(0o644)
    with pytest.raises(SettingsError, match="chmod 600"):
        load_settings().read_token()


def test_a_token_is_in_no_message(monkeypatch: pytest.MonkeyPatch) -> None:
    """Not even in that about a wrong one."""
    monkeypatch.setenv("PARAGRAF_TOKEN", "secret words")
    with pytest.raises(SettingsError) as refused:
        load_settings().read_token()
    assert "secret words" not in str(refused.value)
    assert "secret words" not in repr(load_settings())
