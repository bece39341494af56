"""The tasks between builds: returned presentations, registrations, mail, certificates, purge.

A workflow turns files into files. The command line prints what it returns and holds the lock of the output folder.
"""
