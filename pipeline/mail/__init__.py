"""Stage: letters and their recipients become an outbox of .eml files, and the outbox is sent, each message once.

  address     whether a name and an address may stand in the head of a mail
  recipients  the lists of people to write to, and the hashes that stand for them
  letter      what a mail says, as text and as HTML, in the seminar's language
  mime        a letter to one recipient as the bytes of one message, read back before anybody sees it
  folder      the outbox on disk: messages, a table for staff, an index for the sender
  settings    the mail server, from the environment or an ignored file
  log         what became of each message, in SQLite, written before and after each sending
  plan        what is to be sent and what is not, from outbox and log
  smtp        one message handed to the server, and what the server's answer means
  sending     the whole outbox, paced, each message at most once

Making and sending are apart: nothing here sends while an outbox is made, and nothing is made while it is sent.
"""
