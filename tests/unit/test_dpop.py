"""The proof that a token is ours, against a check of its own."""

from __future__ import annotations

import json
import time
from typing import Any

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa

from deploy.sign_in.dpop import ProofKey
from tests.rig.aws.dpop_check import ProofError, b64, check_proof, unb64

URL = "https://eu-central-1.signin.aws.amazon.com/v1/token"


def test_a_proof_proves_its_request_and_no_other() -> None:
    key = ProofKey.new()
    proofs = [key.proof("POST", URL) for _ in range(50)]  # some numbers are shorter than others
    checked = [check_proof(proof, URL, time.time()) for proof in proofs]
    assert len({proof_id for proof_id, _ in checked}) == 50
    assert len({thumbprint for _, thumbprint in checked}) == 1
    assert check_proof(ProofKey.new().proof("POST", URL), URL, time.time())[1] != checked[0][1]

    for url, now, method in (
        (URL + "s", time.time(), "POST"),
        (URL, time.time() + 120, "POST"),
        (URL, time.time() - 120, "POST"),
        (URL, time.time(), "GET"),
    ):
        with pytest.raises(ProofError):
            check_proof(key.proof(method, URL), url, now)


def _changed(proof: str, part: int, **changes: Any) -> str:
    parts = proof.split(".")
    parts[part] = b64(json.dumps(json.loads(unb64(parts[part])) | changes).encode())
    return ".".join(parts)


def test_a_proof_that_was_touched_proves_nothing() -> None:
    proof = ProofKey.new().proof("POST", URL)
    jwk = json.loads(unb64(proof.split(".")[0]))["jwk"]
    other = json.loads(unb64(ProofKey.new().proof("POST", URL).split(".")[0]))["jwk"]
    for touched in (
        _changed(proof, 1, iat=int(time.time()) + 1),
        _changed(proof, 0, jwk=other),
        _changed(proof, 0, jwk=jwk | {"d": "secret"}),
        _changed(proof, 0, typ="JWT"),
        _changed(proof, 0, alg="none"),
        proof.rpartition(".")[0] + ".",
        "",
    ):
        with pytest.raises(ProofError):
            check_proof(touched, URL, time.time())


def test_a_key_of_aws_login_is_read_and_no_other() -> None:
    private = ec.generate_private_key(ec.SECP256R1())

    def pem(key: Any) -> str:
        form = serialization.PrivateFormat.TraditionalOpenSSL
        none = serialization.NoEncryption()
        return key.private_bytes(serialization.Encoding.PEM, form, none).decode()  # type: ignore[no-any-return]

    key = ProofKey.from_pem(pem(private))
    x = private.public_key().public_numbers().x.to_bytes(32, "big")
    assert json.loads(unb64(key.proof("POST", URL).split(".")[0]))["jwk"]["x"] == b64(x)
    for strange in ("", "no key", pem(rsa.generate_private_key(65537, 2048))):
        with pytest.raises(ValueError):  # noqa: PT011 - of the library's, in several wordings
            ProofKey.from_pem(strange)


def test_the_private_number_is_in_no_repr() -> None:
    assert repr(ProofKey.new()) == "ProofKey()"
