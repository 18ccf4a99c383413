"""A cipher for tests."""

from typing import Final

from services.shared.infrastructure.secret_cipher import SecretCipher

CIPHER: Final = SecretCipher({"test": bytes(32)})
