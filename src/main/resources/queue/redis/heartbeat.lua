-- node, lease in microseconds, ids. Renews the leases, also those that were forgotten altogether, and answers those that are not
-- this node's any more.
local expires, lost = clock() + ARGV[2], {}
for i = 3, #ARGV do
  local id = ARGV[i]
  local owner = redis.call('HGET', OWNERS, id)
  local forgotten = not owner and redis.call('HEXISTS', WAITING, id) == 0
  if forgotten or (owner == ARGV[1] and redis.call('HEXISTS', REAPERS, id) == 0) then
    redis.call('ZADD', LEASES, expires, id)
    redis.call('HSET', OWNERS, id, ARGV[1])
  else
    lost[#lost + 1] = id
  end
end
return lost
