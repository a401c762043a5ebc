-- node, lease in microseconds, count. Takes over expired leases for another lease's time and answers id and owner of each. Brings the due
-- into line, too: a queue whose nodes are all busy would otherwise have them in a heap by the time somebody leases.
local now, taken = clock(), {}
promote(now)
for _, id in ipairs(redis.call('ZRANGEBYSCORE', LEASES, '-inf', now, 'LIMIT', 0, ARGV[3])) do
  local owner = string.match(redis.call('HGET', HOLDERS, id) or '', '[^/]*$')
  redis.call('ZADD', LEASES, now + ARGV[2], id)
  redis.call('HSET', HOLDERS, id, ARGV[1] .. '/' .. owner)
  append(taken, id, owner)
end
return taken
