"""Who must hear of what, and when: announcements become notices, notices become messages."""
