-- KEYS: the place; a pointer, or nothing. ARGV: the id of the table that the reader has.
local t = redis.call('TIME')
local h = redis.call('HMGET', KEYS[1], 'f', 'i', 'g', 'k')
local touches = false
if h[2] and h[2] ~= ARGV[1] then
  touches = redis.call('HGET', KEYS[1], 't')
end
local pointer = false
if KEYS[2] then
  pointer = redis.call('HGET', KEYS[2], 'b')
end
return {t[1], t[2], h[1], touches, h[3], h[4], pointer}
