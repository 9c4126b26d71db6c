-- KEYS: the place, pointers. ARGV: the token, the era, the count, milliseconds to live; for each pointer its version and
-- seal, an empty one to drop it. Until the place is moved on to the count, nobody takes them for anything.
if redis.call('HGET', KEYS[1], 'k') ~= ARGV[1] then
  return 1
end
for i = 2, #KEYS do
  local version, sealed = ARGV[1 + i * 2], ARGV[2 + i * 2]
  local old = redis.call('HMGET', KEYS[i], 'e', 'v')
  if sealed == '' then
    redis.call('DEL', KEYS[i])
  elseif not (old[1] == ARGV[2] and tonumber(old[2]) > tonumber(version)) then
    redis.call('DEL', KEYS[i])
    redis.call('HSET', KEYS[i], 'e', ARGV[2], 'q', ARGV[3], 'v', version, 'b', sealed)
    redis.call('PEXPIRE', KEYS[i], ARGV[4])
  end
end
return 0
