"""The proof that a sign-in token is ours: a DPoP header (RFC 9449) of a key that never leaves."""

from __future__ import annotations

import base64
import json
import time
import uuid
from dataclasses import dataclass, field

from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature

_SIDE_BYTES = 32
"""Length of a P-256 coordinate, and of each half of an ES256 signature (RFC 7518, 3.4)."""


@dataclass(frozen=True, slots=True)
class ProofKey:
    """A P-256 key; a token that was asked for with it can only be renewed with it."""

    _private: ec.EllipticCurvePrivateKey = field(repr=False)

    @classmethod
    def new(cls) -> ProofKey:
        """A key that nobody has had."""
        return cls(ec.generate_private_key(ec.SECP256R1()))

    @classmethod
    def from_pem(cls, pem: str) -> ProofKey:
        """A key that `aws login` made. Raises ValueError when it is none."""
        private = serialization.load_pem_private_key(pem.encode(), password=None)
        if not isinstance(private, ec.EllipticCurvePrivateKey):
            raise ValueError("not a key of an elliptic curve")
        return cls(private)

    def proof(self, method: str, url: str) -> str:
        """The header's value for one request; good for that request alone."""
        numbers = self._private.public_key().public_numbers()
        x, y = (n.to_bytes(_SIDE_BYTES, "big") for n in (numbers.x, numbers.y))
        jwk = {"kty": "EC", "crv": "P-256", "x": base64_url(x), "y": base64_url(y)}
        header = {"typ": "dpop+jwt", "alg": "ES256", "jwk": jwk}
        claims = {"htm": method, "htu": url, "iat": int(time.time()), "jti": str(uuid.uuid4())}
        signed = ".".join(base64_url(json.dumps(part).encode()) for part in (header, claims))
        r, s = decode_dss_signature(self._private.sign(signed.encode(), ec.ECDSA(hashes.SHA256())))
        signature = r.to_bytes(_SIDE_BYTES, "big") + s.to_bytes(_SIDE_BYTES, "big")
        return f"{signed}.{base64_url(signature)}"


def base64_url(data: bytes) -> str:
    """URL-safe base64 without padding, as JSON Web Tokens and PKCE write it."""
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()
