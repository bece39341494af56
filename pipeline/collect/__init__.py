"""Judges decks that speakers return: rebuilds each from what is known to be harmless, and names all that it removes.

judge(file) -> Verdict      the verdict on a deck of unknown origin, with its clean copy

Nothing of a returned file reaches a participant as it came: every part is parsed and written again, every picture is
decoded and encoded again. What `allowed.yaml` does not list is removed or refused. The package knows nothing of
seminars and needs no network and no disk.

workers      one process for each file, with limits of time and memory; large ones alone
judge        filetype -> package -> deck -> copy, then review
archive      the zip, read with limits              package      content types and relationships
xml          XML in and out                         allowed      what `allowed.yaml` allows
deck         follows relationships from the root    part         one part, and what the deck tells it
cleaning     elements and attributes of a part, with frames, charts, vml and links
slides       which slides are shown                 original     what the deck was sent out with
properties   written anew                           embedded     pictures and media, each read once
pictures     decoded and encoded again, with animation and metafile
media        video and sound without metadata
dropped      names what is not in the copy          copy         writes the copy
review       what the speaker may want to change    findings     the codes of all that is found
"""
