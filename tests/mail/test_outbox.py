"""The outbox is written message by message, however many there are."""

from __future__ import annotations

import tracemalloc

from pipeline.core.documents import Attachment
from pipeline.mail.message import Content
from pipeline.mail.outbox import drafts, mail_lock
from pipeline.workflows.mail import write_messages
from tests.mail.conftest import SENDER, people

SIZE = 300_000


def test_one_message_at_a_time_is_in_memory(desk):
    package = Attachment(name="talk.zip", media_type="application/zip", content=bytes(SIZE))
    content = Content(
        language="en", subject="A talk", text="Good morning.\n", html="<p>x</p>\n", attachments=(package,)
    )
    to = people(*(f"person{i}@example.org" for i in range(60)))
    assert content.parts  # made once, before memory is measured
    tracemalloc.start()
    try:
        with mail_lock(desk.root):
            write_messages([(one, content) for one in to], desk.place, "talk", SENDER, desk.root)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert sum(path.stat().st_size for path in desk.place.glob("*.eml")) > 60 * SIZE
    assert peak < 10 * SIZE
    assert len(drafts(desk.place)) == 60
