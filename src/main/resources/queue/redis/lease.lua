-- node, lease in microseconds, count. Leases the next in line and answers their places with their ids.
local now = clock()
promote(now)
local popped = redis.call('ZPOPMIN', READY, ARGV[3])
local taken, ids, leases, owners = {}, {}, {}, {}
for i = 1, #popped, 2 do
  local id = string.sub(popped[i], PLACE_DIGITS + 1)
  taken[#taken + 1] = popped[i]
  ids[#ids + 1] = id
  leases[#leases + 1] = now + ARGV[2]
  leases[#leases + 1] = id
  owners[#owners + 1] = id
  owners[#owners + 1] = ARGV[1]
end
if #ids > 0 then
  redis.call('HDEL', WAITING, unpack(ids))
  redis.call('ZADD', LEASES, unpack(leases))
  redis.call('HSET', OWNERS, unpack(owners))
end
return taken
