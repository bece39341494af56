"""Judges decks that come back: what is safe and whole is rebuilt from known-good parts, the rest is named.

judge(content) -> Verdict      a deck of unknown origin, as bytes, to a verdict with a clean copy

judge       sniff -> container -> rebuild -> writing, then remarks
container   the zip, read with caps          relations   content types and relationships
markup      XML in and out                   cleaning    what may stand in a part (vocabulary, kinds, links)
pictures    decoded and written again        media       sound and film without their tags
apart       judge, a process a file              weight      how much memory a file takes
"""
