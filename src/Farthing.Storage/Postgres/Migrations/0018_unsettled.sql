-- Why: the page of a wallet shows holds that have not ended. Those that were sent and wait for their cost have no place in
-- the index of what is due; they are rare, so an index of them alone costs nothing.

CREATE INDEX holds_unsettled ON holds (expires_at) WHERE state = 2;
