"""Guards around every test: nothing of the person's is touched, nothing unexpected stays unseen."""

import os
import signal
import tempfile
from pathlib import Path

import pytest

pytest_plugins = [
    "tests.rig.log_guard",
    "tests.rig.ports",
    "tests.rig.keychain",
    "tests.rig.aws.fixtures",
    "tests.rig.aws.signin_fixtures",
    "tests.rig.person_fixtures",
    "tests.rig.aws.proxy",
    "tests.rig.synced",
    "tests.rig.query_plans",
    "tests.rig.meaning",
]  # for every kind of test

TESTS = Path(__file__).parent
FOLDERS = ["frozen", "faults", "aws", "ui", "contract", "unit"]
THIS_COMPUTER = ["127.0.0.1", "::1", "localhost"]


def pytest_configure(config: pytest.Config) -> None:
    """Close the door before any session-wide fixture or module of ours reads the surroundings."""
    # `make test &` leaves Ctrl-C ignored, here and in the programs that tests start and interrupt.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    for name in list(os.environ):
        if name.startswith(("AWS_", "TAGDROP_")) and name != "AWS_CA_BUNDLE":
            del os.environ[name]
    folder = tempfile.TemporaryDirectory(prefix="tagdrop-tests-")
    config.add_cleanup(folder.cleanup)
    os.environ.update(surroundings(Path(folder.name)))
    # A window would open on the desk of whoever runs the tests; a test that needs one says so.
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")


def surroundings(home: Path) -> dict[str, str]:
    """The environment variables that lead a program to its person, all pointing below `home`."""
    return {
        "HOME": str(home),
        "USERPROFILE": str(home),
        "APPDATA": str(home / "AppData" / "Roaming"),
        "LOCALAPPDATA": str(home / "AppData" / "Local"),
        "XDG_CACHE_HOME": str(home / ".cache"),
        "XDG_CONFIG_HOME": str(home / ".config"),
        "XDG_DATA_HOME": str(home / ".local" / "share"),
        "XDG_STATE_HOME": str(home / ".local" / "state"),
        "AWS_CONFIG_FILE": str(home / ".aws" / "config"),
        "AWS_SHARED_CREDENTIALS_FILE": str(home / ".aws" / "credentials"),
        "AWS_EC2_METADATA_DISABLED": "true",
        # This keyring refuses: a test that wants one brings its own, in memory.
        "PYTHON_KEYRING_BACKEND": "keyring.backends.fail.Keyring",
    }


@pytest.fixture(autouse=True)
def home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty home folder of the test's own, and no key in this process's memory."""
    folder = tmp_path_factory.mktemp("home")
    monkeypatch.setattr("desktop.core.credentials._this_run", {})
    for name, value in surroundings(folder).items():
        monkeypatch.setenv(name, value)
    return folder


@pytest.fixture
def no_long_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is tried again is tried again at once, and photos go out one right after another."""
    monkeypatch.setattr("desktop.core.job.retry.CAP_S", 0.005)
    monkeypatch.setattr("desktop.core.job.pace.FLOOR_PER_S", 10_000.0)


@pytest.hookimpl(trylast=True)  # after they were shuffled
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Unit tests get no network at all; the others talk to this computer alone.

    What takes longest comes first, so that no process is left with it at the end.
    """
    items.sort(key=lambda item: FOLDERS.index(item.path.relative_to(TESTS).parts[0]))
    for item in items:
        if item.path.is_relative_to(TESTS / "unit"):
            item.add_marker(pytest.mark.disable_socket)
        else:
            item.add_marker(pytest.mark.allow_hosts(THIS_COMPUTER))
