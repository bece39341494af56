"""The tasks between builds: returned presentations, registrations, mail, certificates, purge."""
