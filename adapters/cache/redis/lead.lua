-- KEYS: the place. ARGV: the token held, 0 for none; for how many milliseconds, 0 to give it back; milliseconds to live.
-- Answers the time, the token (0: another has the lease) and whether the one before gave it back. A token is no less than
-- the time, so that it grows even where the one before was lost.
local t = redis.call('TIME')
local now = t[1] * 1000000 + t[2]
local h = redis.call('HMGET', KEYS[1], 'k', 'u', 'b')
local mine = h[1] and h[1] == ARGV[1]
local long = tonumber(ARGV[2])
if long <= 0 then
  if not mine then
    return {t[1], t[2], '0', '0'}
  end
  redis.call('HSET', KEYS[1], 'u', '0', 'b', '1')
  return {t[1], t[2], ARGV[1], '0'}
end
if not mine and h[2] and now < tonumber(h[2]) then
  return {t[1], t[2], '0', '0'}
end
local token, back = ARGV[1], '0'
if h[3] == '1' then
  back = '1'
end
if not mine or back == '1' then
  token = string.format('%.0f', math.max((tonumber(h[1] or '0') or 0) + 1, now))
end
redis.call('HSET', KEYS[1], 'k', token, 'u', string.format('%.0f', now + long * 1000), 'b', '0')
redis.call('PEXPIRE', KEYS[1], ARGV[3])
return {t[1], t[2], token, back}
