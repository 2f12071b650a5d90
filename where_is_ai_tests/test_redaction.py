"""No form in which an answer or a library may give a secret back gets through."""

import base64
import html
import io
import json
import logging
from urllib.parse import quote, quote_plus

import pytest
from hypothesis import given
from hypothesis import strategies as st

from where_is_ai.redaction import REDACTED, printable, redact_logs, redacted, shortened

SECRET = "k3y/+&<é 'p=%\"x"
FORMS = {
    "in clear": str,
    "upper case": str.upper,
    "url": lambda secret: quote(secret, safe=""),
    "url, some": quote,
    "query": quote_plus,
    "url twice": lambda secret: quote(quote(secret, safe=""), safe=""),
    "url, lower case": lambda secret: quote(secret, safe="").lower(),
    "html": html.escape,
    "html, decimal": lambda secret: "".join(f"&#{ord(each)};" for each in secret),
    "html, hexadecimal": lambda secret: "".join(f"&#x{ord(each):X};" for each in secret),
    "html twice": lambda secret: html.escape(html.escape(secret)),
    "json": lambda secret: json.dumps(secret)[1:-1],
    "json in json": lambda secret: json.dumps(json.dumps(secret)),
    "json, not ascii": lambda secret: json.dumps(secret, ensure_ascii=False)[1:-1],
    "bytes": lambda secret: repr(secret.encode()),
    "base64": lambda secret: base64.b64encode(secret.encode()).decode(),
    "base64 for urls": lambda secret: base64.urlsafe_b64encode(secret.encode()).decode(),
    "base64 of a pair": lambda secret: base64.b64encode(f"user:{secret}".encode()).decode(),
    "base64 within": lambda secret: base64.b64encode(f"{{'key':'{secret}'}}".encode()).decode(),
    "hex": lambda secret: secret.encode().hex(),
}


@pytest.mark.parametrize("form", FORMS)
def test_every_form_is_taken_out(form):
    given_back = FORMS[form](SECRET)
    said = redacted(f"<<{given_back}>>", [SECRET])
    assert REDACTED in said
    assert given_back not in said
    left = said.strip("<>").replace(REDACTED, "")
    # Of base64 the letters that neighbours share may stay, of quotes and prefixes all.
    assert len(left) < 16


PRINTABLE = st.characters(exclude_categories=["C", "Z"], exclude_characters=REDACTED)


@given(secret=st.text(PRINTABLE, min_size=6, max_size=40))
@pytest.mark.parametrize("form", ["in clear", "url", "query", "html", "html, decimal", "json", "hex"])
def test_whatever_the_secret_is_made_of(form, secret):
    assert FORMS[form](secret) not in redacted(f"before {FORMS[form](secret)} after", [secret])


def test_the_longer_of_two_secrets_goes_first():
    assert redacted("abcdef abc", ["abc", "abcdef"]) == f"{REDACTED} {REDACTED}"


def test_other_words_stay():
    assert redacted("the key is wrong", ["s3cr3t", ""]) == "the key is wrong"


def test_a_line_is_printable_and_shortened_between_words():
    assert printable("a\x00b\x1b[2J\n\tc") == "ab[2J c"
    assert shortened("one two three", 9) == "one two …"
    assert shortened("s3cr3t" * 100, 50) == "…"


def test_what_libraries_log_is_redacted_with_its_traceback():
    redact_logs((SECRET,))
    logger, stream = logging.getLogger("urllib3.connectionpool"), io.StringIO()
    handler = logging.StreamHandler(stream)
    logger.addHandler(handler)
    level = logger.level
    logger.setLevel(logging.DEBUG)
    try:
        logger.debug('"GET /works?api_key=%s HTTP/1.1" %d', quote(SECRET), 200)
        try:
            raise ValueError(f"no such key {SECRET}")
        except ValueError:
            logger.exception("it failed")
    finally:
        logger.removeHandler(handler)
        logger.setLevel(level)
    said = stream.getvalue()
    assert f'"GET /works?api_key={REDACTED} HTTP/1.1" 200' in said
    assert "ValueError" in said
    assert SECRET not in said
