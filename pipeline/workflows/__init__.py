"""What people do between builds: presentations that come back, mail, certificates, purge."""
