"""Where a set-up stands: kept at every step, whoever writes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from deploy.flow import FILE_NAME, FlowState, change_flow, load_flow


def test_each_change_keeps_the_others(tmp_path: Path) -> None:
    change_flow(tmp_path, page="account", region="eu-central-1")
    change_flow(tmp_path, new_user="tagdrop-1a2b", old_key_id="AKIA1")
    after = change_flow(tmp_path, page="progress")
    assert (
        after
        == load_flow(tmp_path)
        == FlowState(
            page="progress",
            region="eu-central-1",
            new_user="tagdrop-1a2b",
            old_key_id="AKIA1",
        )
    )
    assert change_flow(tmp_path, new_user="").new_user == ""
    assert load_flow(tmp_path).new_user == ""


def test_what_another_version_keeps_there_stays(tmp_path: Path) -> None:
    (tmp_path / FILE_NAME).write_text('{"page": "account", "region": 7, "later": [1, 2]}')
    assert load_flow(tmp_path) == FlowState(page="account")
    change_flow(tmp_path, goal="repair")
    assert json.loads((tmp_path / FILE_NAME).read_text()) == {
        "version": 1,
        "page": "account",
        "region": 7,
        "later": [1, 2],
        "goal": "repair",
    }


def test_a_misspelt_name_is_refused(tmp_path: Path) -> None:
    with pytest.raises(TypeError):
        change_flow(tmp_path, pagge="account")
    assert not (tmp_path / FILE_NAME).exists()


@pytest.mark.expects_log("cannot be understood")
def test_a_damaged_file_is_set_aside(tmp_path: Path) -> None:
    (tmp_path / FILE_NAME).write_text("{")
    assert load_flow(tmp_path) == FlowState()
    assert len(list(tmp_path.glob(f"{FILE_NAME}.damaged-*"))) == 1
