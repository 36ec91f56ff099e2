"""The open data site offers pages and addresses for machines only: nobody above calls it."""
