"""A mail server on this machine that does at chosen messages what servers do: refuse, delay, drop the connection."""

from __future__ import annotations

import asyncio
import queue
import socket
import threading
from collections import Counter
from dataclasses import dataclass, field

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP


@dataclass(kw_only=True)
class Fault:
    """What the server does once, when it hears `stage` for an address: MAIL, RCPT, DATA (the message has arrived)."""

    stage: str
    reply: str = ""
    drop: bool = False
    keep: bool = False
    delay: float = 0


@dataclass
class Mailbox:
    """What the server is told to do, and what it has taken."""

    faults: dict[str, list[Fault]] = field(default_factory=dict)
    slowness: float = 0
    gate: threading.Event | None = None
    received: list[tuple[str, bytes]] = field(default_factory=list)
    events: queue.Queue = field(default_factory=queue.Queue)
    logins: list[str] = field(default_factory=list)

    def count(self) -> Counter[str]:
        """Return how many messages each address has."""
        return Counter(address for address, _ in self.received)

    async def handle_MAIL(self, server, session, envelope, address, options):
        reply = await self._stage(server, "MAIL", address)
        if reply.startswith("250"):
            envelope.mail_from = address
            envelope.mail_options.extend(options)
        return reply

    async def handle_RCPT(self, server, session, envelope, address, options):
        reply = await self._stage(server, "RCPT", address)
        if reply.startswith("250"):
            envelope.rcpt_tos.append(address)
        return reply

    async def handle_DATA(self, server, session, envelope):
        (address,) = envelope.rcpt_tos
        if self.gate:
            await asyncio.get_running_loop().run_in_executor(None, self.gate.wait, 60)
        return await self._stage(server, "DATA", address, envelope.original_content)

    async def _stage(self, server, stage: str, address: str, content: bytes | None = None) -> str:
        self.events.put(stage)
        await asyncio.sleep(self.slowness)
        waiting = self.faults.get(address, [])
        fault = waiting.pop(0) if waiting and waiting[0].stage == stage else None
        if content is not None and (fault is None or fault.keep):
            self.received.append((address, content))
            self.events.put("kept")
            await asyncio.sleep(self.slowness)
        if fault is None:
            return "250 2.0.0 taken"
        await asyncio.sleep(fault.delay)
        if fault.drop:
            server.transport.abort()
        return fault.reply or "250 2.0.0 taken"


class Server(Controller):
    """The server in a thread of its own, on a port that was free."""

    def __init__(self, mailbox: Mailbox, **options: object) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        self.open = 0
        super().__init__(mailbox, hostname="127.0.0.1", port=port, **{"enable_SMTPUTF8": True, **options})

    def factory(self) -> SMTP:
        count = self

        class Counted(SMTP):
            def connection_made(self, transport):
                count.open += not isinstance(self.transport, asyncio.Transport)  # TLS begins a connection anew
                super().connection_made(transport)

            def connection_lost(self, error):
                count.open -= 1
                super().connection_lost(error)

        return Counted(self.handler, **self.SMTP_kwargs)

    def environment(self, **more: str) -> dict[str, str]:
        """Return the settings by which the sender finds this server."""
        chosen = {"host": self.hostname, "port": str(self.port), "tls": "none", "from": "Office <office@example.org>"}
        chosen |= {"rate": "99999", "timeout": "10", "final": "10", "rounds": "1", "pause": "0", **more}
        return {f"SEMINAR_SMTP_{key.upper()}": value for key, value in chosen.items()}
