"""Judges decks that speakers return: rebuilds each from parts known to be safe, and names everything it removes.

judge(content) -> Verdict      the verdict on a deck of unknown origin, with its clean copy

judge       sniff -> container -> rebuild -> writing, then remarks
container   the zip, read with caps          relations   content types and relationships
markup      XML in and out                   cleaning    what a part may hold (vocabulary, kinds, links)
pictures    decoded and encoded again        media       sound and video without metadata
apart       `judge` in one process per file  weight      how much memory a file may take
"""
