"""Settings come from the environment, else from a .env file, and refuse what can't be meant."""

import pytest

from where_is_ai.errors import UsageError
from where_is_ai.settings import Settings, read_settings


def test_the_environment_outweighs_the_file(tmp_path):
    dotenv = tmp_path / ".env"
    dotenv.write_text(
        "WHERE_IS_AI_SOURCE=archive\nWHERE_IS_AI_CONTACT=file@example.org\nOPENALEX_API_KEY=abc\n"
    )
    settings = read_settings({"WHERE_IS_AI_SOURCE": "live", "WHERE_IS_AI_DATA": str(tmp_path)}, dotenv)
    assert (settings.source, settings.contact, settings.data) == ("live", "file@example.org", tmp_path)
    assert settings.secrets["OPENALEX_API_KEY"] == "abc"


def test_without_settings_a_run_uses_the_sample_and_the_folder_data(tmp_path):
    settings = read_settings({}, tmp_path / "missing.env")
    assert (settings.source, settings.data.name) == ("sample", "data")


@pytest.mark.parametrize(
    "wrong", [{"source": "tape"}, {"contact": "nobody"}, {"contact": "a@b\r\nX-Evil: 1"}]
)
def test_what_cannot_be_meant_is_refused(wrong):
    with pytest.raises(UsageError):
        Settings(**wrong)


def test_secrets_are_not_shown():
    settings = Settings(secrets={"OPENALEX_API_KEY": "s3cr3t"})
    assert "s3cr3t" not in repr(settings) + settings.redact("the key s3cr3t is wrong")
