-- Why: sums of people over days that are no whole week read the few days they mean, whose rows lie together, instead of the
-- whole table. Measured with 275,000 rows: 22 ms instead of 175 for five days.

CREATE INDEX daily_by_day ON daily (day);
