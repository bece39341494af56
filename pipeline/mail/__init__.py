"""Stage: letters and their recipients become an outbox of .eml files, and the outbox is sent, each message once.

  recipients  the lists of people to write to, and the hashes that stand for them in the log
  letter      what a mail says, as text and as HTML, in the seminar's language
  message     a letter to one recipient as the bytes of one message
  outbox      the folder of messages, with a table for staff and an index for the sender
  settings    the mail server, from the environment or from a file that git ignores
  log         what became of each message, in SQLite, written before and after each sending
  plan        what is to be sent and what is not, from outbox and log
  smtp        one message handed over to the server, and what the server's answer means
  sending     the messages of an outbox one after the other, at the rate that is set, each at most once

Nothing is sent while an outbox is made, and no message is made while an outbox is sent.
"""
