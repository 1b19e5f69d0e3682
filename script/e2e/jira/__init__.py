"""What reads the files for Jira and knows nothing of their writer."""
