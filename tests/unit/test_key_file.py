"""A key out of whatever a person has: every form that it comes in, and bad ones."""

from __future__ import annotations

import codecs
import json
import random
import time
from pathlib import Path

import pytest

from deploy.sign_in.key_file import MAX_BYTES, load_key_file, read_key_file, read_typed
from desktop.core.credentials import AccessKey
from desktop.core.errors import AppError, CredentialsError, Remedy

ID = "AKIAIOSFODNN7EXAMPLE"
SECRET = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY"
OTHER = "AKIAI44QH8DHBEXAMPLE"
KEY = AccessKey(ID, SECRET)

FILES = {
    "new columns": f"Access key ID,Secret access key\r\n{ID},{SECRET}\r\n",
    "old columns": f'User Name,Access Key Id,Secret Access Key\n"alice",{ID},{SECRET}\n',
    "user's columns": (
        "User name,Password,Access key ID,Secret access key,Console login link\n"
        f"alice,{'Pw1' * 13}x,{ID},{SECRET},https://123456789012.signin.aws.amazon.com/console\n"
    ),
    "empty password": (
        "User name,Password,Access key ID,Secret access key,Console login link\n"
        f"Zoë,,{ID},{SECRET},https://123456789012.signin.aws.amazon.com/console\n"
    ),
    "semicolons": f"Access key ID;Secret access key\r\n{ID};{SECRET}\r\n",
    "tabs": f"Access key ID\tSecret access key\n{ID}\t{SECRET}\n",
    "quoted": f'"Access key ID","Secret access key"\n"{ID}","{SECRET}"\n',
    "curly quotes": f"“{ID}”,“{SECRET}”",
    "columns swapped": f"Secret access key,Access key ID\n{SECRET},{ID}\n",
    "no header": f"{ID},{SECRET}",
    "an old key file": f"AWSAccessKeyId={ID}\r\nAWSSecretKey={SECRET}\r\n",
    "a credentials file": (
        f"[default]\naws_access_key_id = {ID}\naws_secret_access_key = {SECRET}\nregion = x\n"
    ),
    "export lines": f"export AWS_ACCESS_KEY_ID={ID}\nexport AWS_SECRET_ACCESS_KEY='{SECRET}'\n",
    "powershell": f'$env:AWS_ACCESS_KEY_ID="{ID}"\n$env:AWS_SECRET_ACCESS_KEY="{SECRET}"',
    "json": json.dumps(
        {
            "AccessKey": {
                "UserName": "a",
                "AccessKeyId": ID,
                "Status": "Active",
                "SecretAccessKey": SECRET,
            }
        },
        indent=4,
    ),
    "json the other way": json.dumps({"SecretAccessKey": SECRET, "AccessKeyId": ID}),
    "an e-mail": f"Hi!\n\nyour key is {ID} and the secret is {SECRET}.\n\nBye",
    "the page": f"Access key\nSecret access key\n{ID}\n{SECRET}\nHide\n",
    "twice": f"{ID},{SECRET}\n{ID},{SECRET}\n",
    "odd spaces": f"\xa0{ID}\xa0,\u2003{SECRET}\xa0\n",
    "unseen characters": f"\u200b{ID[:5]}\u200d{ID[5:]},\ufeff{SECRET[:9]}\u2060{SECRET[9:]}\u200b",
    "blank lines": f"\n\n\n  {ID}  \n\n  {SECRET}  \n\n",
}


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_a_key_is_found(name: str, encoding: str) -> None:
    assert read_key_file(FILES[name].encode(encoding)) == KEY


def test_a_key_is_found_in_the_encoding_of_old_spreadsheets() -> None:
    assert read_key_file(f"Jörg;{ID};{SECRET}".encode("cp1252")) == KEY
    assert read_key_file(codecs.BOM_UTF16_BE + f"{ID};{SECRET}".encode("utf-16-be")) == KEY


@pytest.mark.parametrize("secret", ["/" * 40, "+" * 40, "/+" * 20, f"{'a' * 39}+", f"+{'a' * 39}"])
def test_a_secret_may_begin_and_end_with_anything(secret: str) -> None:
    assert read_key_file(f"{ID},{secret}\r\n".encode()).secret == secret
    assert read_typed(ID, f" {secret}\n").secret == secret


def test_every_key_that_can_be_is_read() -> None:
    chance = random.Random(4)
    letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"
    signs = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789/+"
    for _ in range(2000):
        key = AccessKey(
            "AKIA" + "".join(chance.choices(letters, k=16)), "".join(chance.choices(signs, k=40))
        )
        separator = chance.choice([",", ";", "\t", "\n", " ", '","'])
        assert read_key_file(f"{key.key_id}{separator}{key.secret}".encode()) == key
        assert read_typed(key.key_id, key.secret) == read_typed(key.secret, key.key_id) == key


BAD = {
    "empty": ("", "not contain an Amazon key"),
    "only blank": (" \r\n\r\n", "not contain an Amazon key"),
    "only a header": ("Access key ID,Secret access key\n", "not contain an Amazon key"),
    "a user's id": ("AIDACKCEVSQ6C2EXAMPLE", "not contain an Amazon key"),
    "several users": (f"a,{ID},{SECRET}\nb,{OTHER},{SECRET[::-1]}\n", "contains 2 keys"),
    "no secret": (f"Access key ID\n{ID}\n", "key's secret is missing"),
    "a hidden secret": (f"{ID}\n****************\nShow\n", "key's secret is missing"),
    "a short secret": (f"{ID},{SECRET[:-1]}", "secret has 39 characters"),
    "a long secret": (f"{ID},{SECRET}x", "secret has 41 characters"),
    "a short id": (f"{ID[:-1]},{SECRET}", "key id has 19 characters. It must have 20"),
    "a long id": (f"{ID}X,{SECRET}", "key id has 21 characters"),
    "a temporary key": (f"ASIA{ID[4:]},{SECRET},IQoJ{'x' * 300}", "expires after a few hours"),
}


@pytest.mark.parametrize("name", BAD)
def test_what_is_wrong_is_told(name: str) -> None:
    text, words = BAD[name]
    with pytest.raises(CredentialsError, match=words) as raised:
        read_key_file(text.encode())
    assert raised.value.remedy is Remedy.PASTE_AGAIN
    assert SECRET[:-1] not in f"{raised.value!r} {raised.value}"
    assert ID[:-1] not in f"{raised.value!r} {raised.value}"


@pytest.mark.parametrize(
    "data",
    [
        bytes(range(256)) * 100,
        b"\x89PNG\r\n\x1a\n" + b"\0" * 1000,
        b"\xff\xfe" + b"\xd8" * 999,
        b"\xff\xfe",
        b"\0",
        random.Random(1).randbytes(MAX_BYTES),
    ],
)
def test_what_is_no_text_is_no_key(data: bytes) -> None:
    with pytest.raises(CredentialsError, match="not contain an Amazon key"):
        read_key_file(data)


def test_a_large_file_is_refused_without_being_read(tmp_path: Path) -> None:
    path = tmp_path / "holiday.mov"
    with path.open("wb") as file:
        file.truncate(100_000_000)
    started_at = time.perf_counter()
    with pytest.raises(CredentialsError, match="not contain an Amazon key"):
        load_key_file(path)
    with pytest.raises(CredentialsError, match="not contain an Amazon key"):
        read_key_file(b"A" * 100_000_000)
    assert time.perf_counter() - started_at < 1
    with pytest.raises(CredentialsError, match="not contain an Amazon key"):
        read_key_file(b"AKIA" * (MAX_BYTES // 4))  # nothing here makes the search slow
    assert time.perf_counter() - started_at < 2


@pytest.mark.parametrize("name", ["accessKeys.csv", "rootkey.csv.txt", "key", "Schlüssel (1).TXT"])
def test_the_name_of_the_file_does_not_matter(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_text(FILES["new columns"])
    assert load_key_file(path) == KEY


def test_a_file_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    for path in (tmp_path / "gone.csv", tmp_path):
        with pytest.raises(AppError, match="cannot be read"):
            load_key_file(path)


@pytest.mark.parametrize(
    ("key_id", "secret"),
    [
        (ID, SECRET),
        (f"  {ID}\n", f"\t{SECRET} "),
        (f'"{ID}"', f"'{SECRET}'"),
        (f"\u200b{ID}\xa0", f"\ufeff{SECRET}\u200b"),
        (SECRET, ID),
        (f" {SECRET}", f"'{ID}' "),
        (f"{ID},{SECRET}", ""),
        ("", FILES["new columns"]),
        (FILES["export lines"], ""),
        (ID.lower(), SECRET),
        (f"{ID[:4]} {ID[4:8]} {ID[8:]}", f"{SECRET[:20]} {SECRET[20:]}"),
        (f"Access key: {ID}", f"Secret: {SECRET}"),
        (ID, f"{SECRET}=="),
    ],
)
def test_typed_fields_are_understood(key_id: str, secret: str) -> None:
    assert read_typed(key_id, secret) == KEY


@pytest.mark.parametrize(
    ("key_id", "secret", "words"),
    [
        ("", "", "The key is missing"),
        ("\xa0", "\u200b", "The key is missing"),
        (ID, "", "key's secret is missing"),
        ("", SECRET, "not contain an Amazon key"),
        ("alice", "Pa$$w0rd", "not contain an Amazon key"),
        (ID, "short", "secret has 5 characters"),
        (ID, SECRET[:-1], "secret has 39 characters"),
        (ID[:-1], SECRET, "key id has 19 characters"),
        (ID, OTHER, "secret has 20 characters"),
        (f"ASIA{ID[4:]}", SECRET, "expires after a few hours"),
    ],
)
def test_what_is_wrong_with_typed_fields_is_told(key_id: str, secret: str, words: str) -> None:
    with pytest.raises(CredentialsError, match=words):
        read_typed(key_id, secret)
