-- node, lease in microseconds, ids. Renews the leases and answers those that this node does not hold, or that were reaped.
local expires, lost = clock() + ARGV[2], {}
for i = 3, #ARGV do
  if redis.call('HGET', OWNERS, ARGV[i]) == ARGV[1] and redis.call('HEXISTS', REAPERS, ARGV[i]) == 0 then
    redis.call('ZADD', LEASES, expires, ARGV[i])
  else
    lost[#lost + 1] = ARGV[i]
  end
end
return lost
