"""What was said and done, kept: every turn of every thread, searchable, to be continued, forked, exported, replayed.

SQLAlchemy is imported where a store is opened, not before: a robot moves without waiting for its diary.
"""
