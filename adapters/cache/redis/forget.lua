-- KEYS: the place, a pointer. ARGV: milliseconds to remember that it was forgotten.
redis.call('DEL', KEYS[2])
if redis.call('HEXISTS', KEYS[1], 'e') == 0 then
  return 0
end
redis.call('HSET', KEYS[2], 'g', redis.call('HINCRBY', KEYS[1], 'g', 1))
redis.call('PEXPIRE', KEYS[2], ARGV[1])
return 1
