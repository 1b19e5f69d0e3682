"""Pipelines on GitHub and on GitLab, job by job against a local code host; script/e2e/ci_story.py is the check."""
