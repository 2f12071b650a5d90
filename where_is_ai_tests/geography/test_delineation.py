"""The delineation workbook: found by its headings, wherever its titles and footnotes stand."""

from datetime import UTC, datetime
from io import BytesIO

import pandas as pd
import pytest
import xlsxwriter

from where_is_ai.archive.store import Archive
from where_is_ai.errors import BadUpstream
from where_is_ai.geography.delineation import DELINEATION, read_counties
from where_is_ai.geography.schema import CbsaCounties
from where_is_ai_tests.geography import delineation_sample as sample


def kept(folder, content):
    """The sample of a few areas passes for what it is: made, not received."""
    archive = Archive(folder)
    return archive, archive.keep(content, DELINEATION, datetime.now(UTC), reconstructed=True)


def test_counties_are_read_below_the_titles_and_without_the_footnotes(tmp_path):
    read = read_counties(*kept(tmp_path, sample.workbook()))
    CbsaCounties.validate(read)
    pd.testing.assert_frame_equal(read, sample.counties(), check_dtype=False)


def test_another_layout_is_refused_with_the_headings_it_lacks(tmp_path):
    content = BytesIO()
    with xlsxwriter.Workbook(content, {"in_memory": True}) as book:
        book.add_worksheet().write_row(0, 0, ["CBSA", "Title"])
    with pytest.raises(BadUpstream, match="CBSA Code"):
        read_counties(*kept(tmp_path, content.getvalue()))


def test_what_is_no_workbook_is_refused(tmp_path):
    with pytest.raises(BadUpstream, match="not a readable workbook"):
        read_counties(*kept(tmp_path, b"PK\x03\x04 not really"))
