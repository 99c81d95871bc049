"""What a service can set, read from a TOML file and the environment, and checked."""

from __future__ import annotations

import dataclasses
import datetime as dt
import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path

from checker.errors import PostcheckError

PREFIX = "POSTCHECK_"
FILE_VARIABLE = "POSTCHECK_SETTINGS"

# A person has to be able to use these, so they need only look right: one @, no spaces. Signs
# that would add a subject or a text to the link are kept out.
EMAIL = re.compile(r"[^@\s?&#%]+@[^@\s?&#%]+\.[^@\s?&#%]+")
PHONE = re.compile(r"\+?[\d ()-]{3,30}")
# Flask signs with this key; a shorter one can be guessed.
SHORTEST_KEY = 16


class SettingsError(PostcheckError):
    """A setting is unknown or has a value that cannot be used; says which and what would do."""


@dataclass(frozen=True, slots=True)
class Settings:
    """How this service runs; every field is described in `docs/settings.md`."""

    host: str = "127.0.0.1"
    port: int = 8000
    threads: int = 4
    spacy_model: str = ""
    service_name: str = "Postcheck"
    contact_name: str = ""
    contact_email: str = ""
    contact_phone: str = ""
    policy_review: str = ""
    secret_key: str = field(default="", repr=False)
    instance: str = ""
    database: str = field(default="", repr=False)
    feedback: str = "off"
    feedback_days: int = 90
    second_person: str = "off"
    session_idle_minutes: int = 30
    session_hours: int = 10
    secure_cookies: str = "on"
    limits: str = field(default="memory://", repr=False)
    login_header: str = ""
    login_proxies: str = ""

    def __post_init__(self) -> None:
        for name, (is_fit, wanted) in LIMITS.items():
            if not is_fit(getattr(self, name)):
                raise SettingsError(f"The setting {name} must be {wanted}.")
        # A header that anybody may send would let anybody in.
        if self.login_header and not self.login_proxies:
            raise SettingsError("The setting login_header needs login_proxies: name the proxy.")

    @property
    def takes_feedback(self) -> bool:
        """Tell whether staff can report an answer."""
        return self.feedback == "on"

    @property
    def needs_second_person(self) -> bool:
        """Tell whether somebody else has to approve what a manager publishes."""
        return self.second_person == "on"


def _is_within(low: int, high: int) -> Callable[[int], bool]:
    return lambda value: low <= value <= high


def _is_blank_or(pattern: re.Pattern[str]) -> Callable[[str], bool]:
    return lambda value: not value or pattern.fullmatch(value) is not None


def read_networks(proxies: str) -> tuple[IPv4Network | IPv6Network, ...]:
    """Return the networks in a list of addresses; raises `ValueError` for one that is none."""
    return tuple(ip_network(one.strip()) for one in proxies.split(",") if one.strip())


def _are_networks(proxies: str) -> bool:
    try:
        return bool(read_networks(proxies)) or not proxies
    except ValueError:
        return False


def _is_blank_or_day(value: str) -> bool:
    try:
        return not value or dt.date.fromisoformat(value).isoformat() == value
    except ValueError:
        return False


ON_OR_OFF = (("on", "off").__contains__, "on or off")

# Each limit stands beside its wording, so that the error says what would have done.
LIMITS: Mapping[str, tuple[Callable[..., bool], str]] = {
    "host": (bool, "the name or the address of this machine, like 127.0.0.1"),
    "port": (_is_within(1, 65535), "a whole number from 1 to 65535"),
    "threads": (_is_within(1, 64), "a whole number from 1 to 64"),
    "service_name": (bool, "a name, like Postcheck"),
    "contact_email": (_is_blank_or(EMAIL), "an e-mail address, like manager@example.org"),
    "contact_phone": (_is_blank_or(PHONE), "a phone number, like 01463 555 0100"),
    "policy_review": (_is_blank_or_day, "the day of the next review, like 2027-03-01"),
    "secret_key": (
        lambda value: not value or len(value) >= SHORTEST_KEY,
        f"at least {SHORTEST_KEY} characters long",
    ),
    "database": (
        _is_blank_or(re.compile(r"(postgresql|sqlite)(\+\w+)?://\S+")),
        "an address like postgresql://name@host/database",
    ),
    "feedback": ON_OR_OFF,
    "feedback_days": (_is_within(1, 366), "a whole number from 1 to 366"),
    "second_person": ON_OR_OFF,
    "session_idle_minutes": (_is_within(1, 480), "a whole number from 1 to 480"),
    "session_hours": (_is_within(1, 24), "a whole number from 1 to 24"),
    "secure_cookies": ON_OR_OFF,
    "limits": (bool, "an address like memory://"),
    "login_header": (
        _is_blank_or(re.compile(r"[A-Za-z0-9]+(-[A-Za-z0-9]+)*")),
        "the name of a header, like X-Signed-In-As",
    ),
    "login_proxies": (_are_networks, "addresses or networks with commas between, like 10.0.0.5"),
}


def read_settings(environment: Mapping[str, str]) -> Settings:
    """Return the settings that `environment` and the TOML file it names hold.

    The environment wins over the file. Raises `SettingsError`, in one clear sentence, for a
    file that cannot be read, a setting that is not known and a value that cannot be used.
    """
    path = environment.get(FILE_VARIABLE)
    values = _from_file(Path(path)) if path else {}
    values.update(_from_environment(environment))
    return Settings(**values)  # type: ignore[arg-type]  # checked by _fit, one by one


def _from_file(path: Path) -> dict[str, str | int]:
    try:
        with path.open("rb") as file:
            content = tomllib.load(file)
    except OSError:
        raise SettingsError(f"The settings file {path} cannot be opened.") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError):
        # The decoder's own message can quote the file, and the file may hold the secret key.
        raise SettingsError(f"The settings file {path} is not valid TOML.") from None
    return {name: _fit(name, value, name) for name, value in content.items()}


def _from_environment(environment: Mapping[str, str]) -> dict[str, str | int]:
    return {
        name: _fit(name, value, variable)
        for variable, value in environment.items()
        if variable.startswith(PREFIX) and variable != FILE_VARIABLE
        for name in [variable.removeprefix(PREFIX).lower()]
    }


def _fit(name: str, value: object, shown: str) -> str | int:
    """Return `value` as the type that setting `name` has; `shown` is how the user spelt it."""
    # The annotations of this module are kept as text, so a type is its name.
    types = {each.name: each.type for each in dataclasses.fields(Settings)}
    if name not in types:
        raise SettingsError(f"The setting {shown} is not known: {_nearest(name, tuple(types))}")
    if types[name] == "str":
        if isinstance(value, str):
            return value.strip()
        raise SettingsError(f"The setting {shown} must be text, in quotes.")
    # True is an int to Python, and not to the person who typed it.
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    if isinstance(value, str) and re.fullmatch(r"\s*[0-9]{1,9}\s*", value):
        return int(value)
    raise SettingsError(f"The setting {shown} must be a whole number.")


def _nearest(name: str, known: tuple[str, ...]) -> str:
    near = get_close_matches(name, known, n=1)
    return f"did you mean {near[0]}?" if near else f"use one of {', '.join(known)}."
