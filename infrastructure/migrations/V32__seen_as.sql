-- Through whose eyes somebody read, where they read as somebody else sees it.
ALTER TABLE accesses ADD COLUMN seen_as uuid;
