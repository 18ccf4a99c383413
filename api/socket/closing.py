"""Why the server closes a WebSocket (RFC 6455, section 7.4: 4000 to 4999 are an application's own)."""

from enum import Enum


class Closing(Enum):
    """Code and reason."""

    NOT_LOGGED_IN = 4401, 'Log in: send {"type": "auth", "token": …} first, or the token as a subprotocol.'
    LOGIN_TOO_LATE = 4408, "No login came in time."
    TOO_MANY_MESSAGES = 4429, "Too many messages. Come back in a few seconds."
    NOT_TEXT = 1003, "Send text frames with JSON, no binary ones."
    MESSAGE_TOO_BIG = 1009, "That message is over 64 KiB."

    @property
    def code(self) -> int:
        """The close code."""
        return self.value[0]

    @property
    def reason(self) -> str:
        """In words, 123 bytes at most."""
        return self.value[1]


class CloseSocketError(Exception):
    """The client broke a rule of the socket."""

    def __init__(self, closing: Closing) -> None:
        super().__init__(closing.reason)
        self.closing = closing
