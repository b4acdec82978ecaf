-- Of whatever kind, what concerns a partner is found by the partner.
DROP INDEX referrals_of_partner;
CREATE INDEX entries_of_partner ON entries (partner, kind, status, changed_at, entry) WHERE partner IS NOT NULL;
