-- KEYS: the place, a pointer, an entry. ARGV: era, count, version and seal of the pointer; how often was forgotten when the
-- reader looked; milliseconds to live; the sealed entry, or nothing.
if redis.call('HGET', KEYS[1], 'e') ~= ARGV[1] then
  return 0
end
local old = redis.call('HMGET', KEYS[2], 'e', 'q', 'v', 'g')
if old[4] and tonumber(old[4]) > tonumber(ARGV[5]) then
  return 0
end
if old[1] == ARGV[1] and (tonumber(old[3]) > tonumber(ARGV[3]) or tonumber(old[2]) > tonumber(ARGV[2])) then
  return 0
end
if ARGV[7] ~= '' then
  redis.call('SET', KEYS[3], ARGV[7], 'PX', ARGV[6])
end
redis.call('DEL', KEYS[2])
redis.call('HSET', KEYS[2], 'e', ARGV[1], 'q', ARGV[2], 'v', ARGV[3], 'b', ARGV[4])
redis.call('PEXPIRE', KEYS[2], ARGV[6])
return 1
