"""Seminar packages: sources in, documents out. The map of the house, one line a stage.

  load           folder of sources                 -> Series, or every problem at once
  curate         Series, seminars                  -> ReadingList for each seminar
  compose        Seminar, ReadingList, Series      -> Document (semantic HTML) or Deck (slides)
  render         Document | Deck, Brand, templates -> bytes of one file
  package        files                             -> folder, manifest and zip, whole or not at all
  registrations  exports of Zoom, a Seminar        -> people with their country, approval and minutes
  certificates   people who were there, a register -> numbers, codes and one private file for each
  outbox         letters, recipients               -> messages on disk, and each of them sent at most once
  collect        a returned deck                   -> Verdict with a clean copy; accepted copies in their places

`build` is the staircase that calls them in this order: `reading` its first flight, `press` the one on which the files
of several seminars are made at the same time, `website` the landing where the site of the whole series is gathered
from the packages, and `__main__` the door; `watch` goes up again after every save. On the ground floor stand `model`
(every type that crosses a stage), `record` (what these have in common), `problems` (what can go wrong), `whole` (files
that are never half-made), `private` (who may read what is personal) and `csv_file` (tables that come from spreadsheets
and go into them); everybody may use them, and they use nobody but each other.
"""
