"""What can go wrong with the store; each message is a sentence that names the remedy."""

from __future__ import annotations

from checker.errors import PostcheckError


class StoreError(PostcheckError):
    """The store cannot be used: it is not there, cannot be opened or belongs to another version."""


class OutdatedStoreError(StoreError):
    """The store was made by an earlier Postcheck and has to be upgraded first."""


class BackupError(PostcheckError):
    """A backup cannot be written, read or put back."""


class MissingRowError(PostcheckError):
    """What was asked for is not in the store, or no longer."""


class StaleRevisionError(PostcheckError):
    """Somebody else saved in the meantime; nothing was overwritten."""


class UnmarkedError(StaleRevisionError):
    """A form does not say what it was made from, so that nobody can tell what it would undo."""

    def __init__(self) -> None:
        super().__init__(
            "The form did not say what was saved when it was opened, so nothing was changed. Look "
            "at what is saved now, then save again."
        )


def see_mark(was: str, now: str, sentence: str) -> None:
    """See that a form was made from what is saved `now`.

    Raises `UnmarkedError` where `was` is empty, and `StaleRevisionError` with `sentence` where it
    is another.
    """
    if not was:
        raise UnmarkedError
    if was != now:
        raise StaleRevisionError(sentence)


class NotPendingError(PostcheckError):
    """A version waits for nobody's approval: it was published, declined or replaced."""


class SecondPersonError(PostcheckError):
    """A version has to be approved by somebody other than its author."""


class ReasonError(PostcheckError):
    """A change that is written down needs a reason, and none was given."""


class LabelError(PostcheckError):
    """The labels of an example do not go together; says why and what would do."""


class ManagerError(PostcheckError):
    """An account cannot be made or changed like that; says why and what would do.

    `field` is what it is about: "name", "email" or "role".
    """

    def __init__(self, sentence: str, field: str) -> None:
        super().__init__(sentence)
        self.field = field


class PasswordError(PostcheckError):
    """A password cannot be used; says what would do.

    `field` is "old" where the present one is not right, and "new" for what cannot become one.
    """

    def __init__(self, sentence: str, field: str = "new") -> None:
        super().__init__(sentence)
        self.field = field


class ManagerExistsError(ManagerError):
    """There is an account with this e-mail address already."""


class LastAdministratorError(ManagerError):
    """The change would leave nobody who can look after the accounts."""
