"""The mail server and the sender: from the environment, else from a file that git ignores and only its owner reads."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from ipaddress import ip_address
from pathlib import Path
from typing import Any

import yaml

from pipeline.core.problems import Problem, SourceError, nearest
from pipeline.core.text import Unusable, mail_address
from pipeline.mail.message import shown_name
from pipeline.mail.recipients import REGISTRATIONS

FILE = f"{REGISTRATIONS}/smtp.yaml"
ENVIRONMENT = "SEMINAR_SMTP_"
PORTS = {"starttls": 587, "implicit": 465, "none": 25}


@dataclass(frozen=True, kw_only=True)
class Settings:
    """How mail is sent. `rate` is messages a minute; `timeout` is the seconds to wait for an answer, `final`
    those after a message is handed over; temporary refusals are tried in `rounds`, `pause` seconds apart."""

    host: str = ""
    port: int = 587
    tls: str = "starttls"
    ca: str = ""
    user: str = ""
    password: str = field(default="", repr=False)
    name: str = ""
    address: str = ""
    packages: str = ""
    rate: float = 30
    timeout: float = 60
    final: float = 600
    rounds: int = 2
    pause: float = 300


NUMBERS = ("port", "rounds", "rate", "timeout", "final", "pause")
KEYS = ("host", "tls", "ca", "user", "password", "from", "packages", *NUMBERS)
"""All settings, in the file and after `ENVIRONMENT` in the environment."""


def settings(root: Path, environment: Mapping[str, str]) -> Settings:
    """Return the settings, empty where they are not set; raise `SourceError` with all that is wrong with them."""
    values, problems = _file(root)
    places = dict.fromkeys(values, FILE)
    for key in KEYS:
        name = ENVIRONMENT + key.upper()
        if environment.get(name):
            values[key], places[key] = environment[name], name
    found: dict[str, Any] = {}
    for key, value in values.items():
        try:
            found |= _read(key, value)
        except ValueError as error:
            problems.append(Problem(path=places[key], line=1, message=f"`{key}`: {error}"))
    found.setdefault("port", PORTS[found.get("tls", "starttls")])
    if found.get("tls") == "none" and found.get("host") and not loopback(found["host"]):
        message, fix = "mail may leave this machine only through TLS", "write `tls: starttls` or `tls: implicit`"
        problems.append(Problem(path=places["tls"], line=1, message=message, fix=fix))
    if problems:
        raise SourceError(problems)
    return Settings(**found)


def _file(root: Path) -> tuple[dict[str, str], list[Problem]]:
    """Return the settings in the file, each value as it was typed, and the problems of the file."""
    path = root / FILE
    if not path.is_file():
        return {}, []
    problems = []
    if os.name == "posix" and path.stat().st_mode & 0o077:  # elsewhere the bits say nothing
        fix = f"type: chmod 600 {FILE}"
        problems.append(
            Problem(path=FILE, line=1, message="others can read this file, and it may hold a password", fix=fix)
        )
    try:
        values = yaml.load(path.read_text(encoding="utf-8-sig"), Loader=yaml.BaseLoader) or {}
    except (yaml.YAMLError, UnicodeDecodeError):  # their messages quote the text, perhaps a password
        values = None
    if not isinstance(values, dict) or not all(isinstance(value, str) for value in values.values()):
        return {}, [*problems, Problem(path=FILE, line=1, message="is not a list of `key: text` lines")]
    for key in set(values) - set(KEYS):
        problems.append(Problem(path=FILE, line=1, message=f"no setting `{key}`", fix=nearest(key, KEYS)))
    return {key: value for key, value in values.items() if key in KEYS and value}, problems


def _read(key: str, value: str) -> dict[str, Any]:
    """Return a setting by its field; `ValueError` says what is wrong with it without repeating it."""
    if key == "from":
        return _sender(value)
    if key in NUMBERS:
        integer = key in ("port", "rounds")
        if not re.fullmatch(r"\d{1,5}" if integer else r"\d{1,5}(\.\d+)?", value) or not (
            float(value) or key == "pause"
        ):
            raise ValueError("must be a number above 0")
        return {key: int(value) if integer else float(value)}
    if key == "tls" and value not in PORTS:
        raise ValueError("must be starttls, implicit or none")
    if key in ("user", "password") and not value.isascii():
        raise ValueError("may hold only ASCII characters")
    if key == "host" and not re.fullmatch(r"[A-Za-z0-9.:-]+", value):
        raise ValueError("is not the name of a server")
    if key == "packages" and not re.fullmatch(r"https?://[\w.~:/?#@!$&*+,;=%-]+", value, re.ASCII):
        raise ValueError("must be a web address")
    return {key: value}


def _sender(value: str) -> dict[str, str]:
    found = re.fullmatch(r"\s*(?:\"?([^<>\"]*?)\"?\s*<([^<>]+)>|([^<>]+))\s*", value)
    if not found:
        raise ValueError("must be an address, or: Name <address>")
    try:
        return {"name": shown_name(found[1] or ""), "address": mail_address(found[2] or found[3])}
    except Unusable as error:
        raise ValueError(str(error)) from None


def loopback(host: str) -> bool:
    """Return whether mail for this host never leaves the machine."""
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def here(root: Path) -> Settings:
    """Return the settings of this project on this machine."""
    return settings(root, os.environ)
