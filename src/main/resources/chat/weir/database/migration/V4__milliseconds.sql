-- Times of bans, mutes and the audit are Unix milliseconds from here on, and durations milliseconds: in whole seconds, what
-- was given for 8 seconds held for up to 9.
UPDATE sanction SET given_at = given_at * 1000, ends_at = ends_at * 1000;
UPDATE audit SET happened_at = happened_at * 1000, duration = duration * 1000;
