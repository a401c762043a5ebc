-- node, lease in microseconds, ids. Renews the leases, also those that were forgotten altogether, and answers those that are not
-- this node's any more.
local ids, expires = {unpack(ARGV, 3)}, clock() + ARGV[2]
local places, leases, forgotten, lost = redis.call('HMGET', WAITING, unpack(ids)), {}, {}, {}
for i, holder in ipairs(redis.call('HMGET', HOLDERS, unpack(ids))) do
  if holder == ARGV[1] then
    append(leases, expires, ids[i])
  elseif holder or places[i] then
    lost[#lost + 1] = ids[i]
  else
    append(leases, expires, ids[i])
    append(forgotten, ids[i], ARGV[1])
  end
end
write('ZADD', LEASES, leases)
write('HSET', HOLDERS, forgotten)
return lost
