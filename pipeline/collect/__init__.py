"""Judges decks that speakers return: rebuilds each from what is known to be harmless, and names all that it removes.

judge(file) -> Verdict      the verdict on a deck of unknown origin, with its clean copy

What `allowed.yaml` does not list is removed or refused. Every XML part is parsed and written again, every photo is
decoded and encoded again, drawings (EMF, WMF), video and sound are copied record by record. What nobody sees may stay
if it is not marked as hidden: a picture under a crop, or text in the colour of its background. The package needs no
network; only `child` writes to the disk.

workers      a process for each file, large ones alone  child        what it does, within time and memory
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
