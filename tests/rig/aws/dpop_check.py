"""Checks a DPoP proof as a server does (RFC 9449, 4.3), for the sign-in stand-in."""

from __future__ import annotations

import base64
import hashlib
import json
import uuid
from collections.abc import Mapping

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature

AGE_S = 60


class ProofError(Exception):
    """Why a proof proves nothing."""


def check_proof(proof: str, url: str, now: float) -> tuple[str, str]:
    """The proof's id, to be accepted once, and its key's thumbprint. Raises ProofError."""
    try:
        header_part, claims_part, signature_part = proof.split(".")
        header, claims = json.loads(unb64(header_part)), json.loads(unb64(claims_part))
        if (header["typ"], header["alg"]) != ("dpop+jwt", "ES256"):
            raise ProofError("the proof's type or algorithm is another")
        key = _public_key(header["jwk"])
        signature = unb64(signature_part)
        if len(signature) != 64:
            raise ProofError("the proof's signature has another length")
        r, s = int.from_bytes(signature[:32]), int.from_bytes(signature[32:])
        signed = f"{header_part}.{claims_part}".encode()
        key.verify(encode_dss_signature(r, s), signed, ec.ECDSA(hashes.SHA256()))
        if (claims["htm"], claims["htu"]) != ("POST", url):
            raise ProofError(f"the proof is for {claims['htm']} {claims['htu']}")
        if not isinstance(claims["iat"], int) or abs(now - claims["iat"]) > AGE_S:
            raise ProofError("the proof is of another time")
        return str(uuid.UUID(claims["jti"])), thumbprint(header["jwk"])
    except InvalidSignature:
        raise ProofError("the proof's signature is wrong") from None
    except (ValueError, KeyError, TypeError) as error:
        raise ProofError(f"the proof is no DPoP: {error!r}") from error


def _public_key(jwk: Mapping[str, str]) -> ec.EllipticCurvePublicKey:
    if set(jwk) != {"kty", "crv", "x", "y"} or (jwk["kty"], jwk["crv"]) != ("EC", "P-256"):
        raise ProofError("the proof's key is of another kind, or not a public one alone")
    x, y = (int.from_bytes(unb64(jwk[side])) for side in "xy")
    return ec.EllipticCurvePublicNumbers(x, y, ec.SECP256R1()).public_key()


def thumbprint(jwk: Mapping[str, str]) -> str:
    """RFC 7638."""
    text = json.dumps({name: jwk[name] for name in ("crv", "kty", "x", "y")}, separators=(",", ":"))
    return b64(hashlib.sha256(text.encode()).digest())


def b64(data: bytes) -> str:
    """URL-safe base64 without padding."""
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def unb64(text: str) -> bytes:
    """The other way round. Raises ValueError for padding and strange characters."""
    if "=" in text:
        raise ValueError("padding")
    return base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
