"""After all that the program does with Amazon, no secret is anywhere but in the keychain.

Looked for in every file it may write and in the arguments of every process it starts.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from deploy.keys.connection_file import read_connection_file
from desktop.core.events import State
from tests.aws.leaks import forms, leaks, watched_arguments
from tests.rig.aws.controls import Rekognition
from tests.rig.aws.signin_fixtures import SignInStandin
from tests.rig.person import Person, person_at
from tests.rig.person_fixtures import KEY_ID, SECRET, Surroundings, choose_amazon, press, type_key

PASSPHRASE = "MarkedPassphrase/of the file+1"
SIGN_IN = "Sign in with the browser"


@pytest.mark.parametrize("secret", [SECRET, PASSPHRASE, "ab/cd+ef/gh+ij/kl+mn"])
def test_the_search_finds_every_form_of_a_secret(tmp_path: Path, secret: str) -> None:
    (tmp_path / "much").write_bytes(b"\0nothing secret here\xff" * 1000)
    assert leaks([tmp_path], [secret]) == []
    for form in forms(secret):
        planted = tmp_path / "deep" / "planted"
        planted.parent.mkdir(exist_ok=True)
        planted.write_bytes(b"\x00before" + form + b"after\xff")
        assert [line.split(":")[0] for line in leaks([tmp_path], [secret])] == [str(planted)]


def test_the_search_finds_a_secret_in_arguments(tmp_path: Path) -> None:
    code = "import subprocess, sys; subprocess.run([sys.executable, '-c', 'input()', sys.argv[1]])"
    command = [sys.executable, "-c", code, SECRET]
    with subprocess.Popen(command, stdin=subprocess.PIPE) as program:
        with watched_arguments(program.pid) as seen:
            while not any(b"\0input()\0" in line for line in seen):
                assert program.poll() is None
        assert sum(SECRET.encode() in line for line in seen) == 2
        program.communicate(b"\n")


@pytest.fixture
def person(
    tmp_path: Path, surroundings: Surroundings, rekognition: Rekognition
) -> Iterator[Person]:
    (tmp_path / "tmp").mkdir()
    with person_at(
        tmp_path / "data", {**surroundings.env, "TMPDIR": str(tmp_path / "tmp")}
    ) as person:
        yield person


@pytest.mark.aws
@pytest.mark.skipif(sys.platform != "linux", reason="real X events need Linux")
@pytest.mark.expects_log(r"a mistake with \(Access\(")
def test_no_secret_is_anywhere_but_in_the_keychain(
    person: Person, tmp_path: Path, home: Path, surroundings: Surroundings, signin: SignInStandin
) -> None:
    saved = tmp_path / "saved"
    saved.mkdir()
    app_secrets: set[str] = set()

    def note_app_secret() -> None:
        app_secrets.update(json.loads(e)["secret"] for e in surroundings.secrets().values())

    def check() -> None:
        folders = [tmp_path / "data", tmp_path / "home", tmp_path / "tmp", home, saved]
        secrets = {KEY_ID, SECRET, PASSPHRASE, *app_secrets, *signin.log()["secrets"]}
        assert leaks(folders, secrets) == []
        arguments = tmp_path / "arguments"
        arguments.mkdir(exist_ok=True)
        (arguments / "seen").write_bytes(b"\n".join(seen))
        assert leaks([arguments], secrets) == []

    with watched_arguments(person.program.pid) as seen:
        sign_in_and_stumble(person)
        check()
        set_up_and_label(person)
        note_app_secret()
        give_a_typed_key(person)
        note_app_secret()
        make_connection_file(person, saved / "other.tagdrop")
        _, key = read_connection_file(saved / "other.tagdrop", PASSPHRASE)
        app_secrets.add(key.secret)
        examine_and_save_diagnostics(person, saved / "diagnostics.txt")
        check()
        remove(person)
        person.program.terminate()
        person.program.wait(20)
    check()
    tokens = signin.log()["tokens"]
    assert tokens["authorization_code"] == 3
    assert len(app_secrets) == 3
    log = (tmp_path / "data" / "logs" / "tagdrop.log").read_text()
    assert "a mistake with (Access(" in log
    assert "a mistake with (Access(" in (saved / "diagnostics.txt").read_text()
    assert any(str(surroundings.links.parent / "browser").encode() in line for line in seen)


def sign_in_and_stumble(person: Person) -> None:
    choose_amazon(person)
    press(person, SIGN_IN)
    person.see("Signed in to account")
    person.look("mistake")
    person.see("Something went wrong")
    press(person, "Continue")


def set_up_and_label(person: Person) -> None:
    press(person, "Set up")
    person.see("Ready. This cost less than 1 cent.")
    press(person, "Label 13 sample photos")
    person.until(lambda: person.states() == [State.DONE] * 13, "13 labelled photos")


def give_a_typed_key(person: Person) -> None:
    press(person, "Settings")
    press(person, "New key")
    press(person, "Another way to sign in")
    type_key(person)
    person.see("Amazon is set up")


def make_connection_file(person: Person, path: Path) -> None:
    press(person, "Add another computer")
    press(person, SIGN_IN)
    person.click(person.see("Passphrase", kind="QLineEdit"))
    person.type(PASSPHRASE)
    person.press("Tab")
    person.type(PASSPHRASE)
    press(person, "Save the connection file")
    save_as(person, "Save the connection file", path)
    press(person, "Back")


def save_as(person: Person, title: str, path: Path) -> None:
    person.turn_to(title)
    person.copy(str(path))
    person.press("ctrl+a")
    person.press("ctrl+v")
    person.press("Return")
    person.see(f"Saved as {path.name}")


def examine_and_save_diagnostics(person: Person, path: Path) -> None:
    press(person, "Check everything")
    press(person, "Check again")
    person.see("Everything works")
    press(person, "Back")
    person.click(person.see("About", view="Pages of the settings"))
    press(person, "Save diagnostics")
    person.turn_to("Save diagnostics")
    press(person, "Save…")
    save_as(person, "Save diagnostics as", path)
    person.turn_to("Save diagnostics")
    person.press("Escape")


def remove(person: Person) -> None:
    person.click(person.see("Amazon account", view="Pages of the settings"))
    press(person, "Delete everything from Amazon")
    press(person, SIGN_IN)
    person.see("Delete everything from Amazon?")
    press(person, "Delete everything from Amazon")
    person.see("Everything has been deleted from Amazon")
