"""Seminar packages: sources in, documents out.

Five layers. Each imports only what is below it; a stage imports `core` and itself, but no other stage.

  cli           commands, what they print, exit codes
  workflows     what people do between builds: presentations that come back, mail, certificates, purge
  build         from the sources to `output/`: what is made again, by which tasks, and where it is put

  stages, each a plain function from type to type:
  load          folder of sources                 -> Series, or every problem at once
  curate        Series, seminars                  -> ReadingList for each seminar
  compose       Seminar, ReadingList, Series      -> Document (semantic HTML), Deck (slides), Event or Message
  render        one of these, Brand, templates    -> bytes of one file
  package       files                             -> folder, manifest and zip, whole or not at all
  collect       a returned deck                   -> Verdict with a clean copy
  attendance    exports of Zoom, a Seminar        -> people with their country, approval and minutes
  certificates  people who were there, a register -> numbers, codes and one private file for each
  mail          letters, recipients               -> messages on disk, and each of them sent at most once

  core          types, errors, files that are never half-written, tables
"""
