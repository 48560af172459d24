-- Why: sum(bigint) of the server counts in numbers without bound and writes each sum as one. Our sums are whole numbers of
-- 64 bits, as their columns are; to add them up as such takes half the time, and what would not fit is an error as before.

CREATE AGGREGATE whole_sum(bigint) (SFUNC = int8pl, STYPE = bigint, COMBINEFUNC = int8pl, PARALLEL = SAFE);
