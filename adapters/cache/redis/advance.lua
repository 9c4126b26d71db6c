-- KEYS: the place. ARGV: the token; the cursor to go on from, empty for a new era; the cursor to go to; the era; the sealed
-- place; the id of its table; the table, or nothing where Redis has it; milliseconds to live; when the chain spoke.
-- Answers the time, and why not: 1 another follows, 2 it does not go on from there, 3 the table is not here, 4 the clock of
-- Redis stands before what it is to hold.
local t = redis.call('TIME')
local h = redis.call('HMGET', KEYS[1], 'k', 'c', 'i')
local why = 0
if h[1] ~= ARGV[1] then
  why = 1
elseif ARGV[2] ~= '' and h[2] ~= ARGV[2] then
  why = 2
elseif ARGV[7] == '' and h[3] ~= ARGV[6] then
  why = 3
elseif tonumber(ARGV[9]) > t[1] * 1000000 + t[2] then
  why = 4
end
if why > 0 then
  return {t[1], t[2], why}
end
redis.call('HSET', KEYS[1], 'c', ARGV[3], 'e', ARGV[4], 'f', ARGV[5], 'i', ARGV[6])
if ARGV[7] ~= '' then
  redis.call('HSET', KEYS[1], 't', ARGV[7])
end
redis.call('PEXPIRE', KEYS[1], ARGV[8])
return {t[1], t[2], 0}
