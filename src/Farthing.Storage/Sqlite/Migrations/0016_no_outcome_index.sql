-- Why: nobody asks for the sessions of which is known what came of them; every report paid for this index.

DROP INDEX agent_sessions_with_outcome;
