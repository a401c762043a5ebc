-- node, lease in microseconds, count. Leases the next in line and answers their places with their ids.
local now = clock()
promote(now)
local popped, expires = redis.call('ZPOPMIN', READY, ARGV[3]), now + ARGV[2]
local taken, ids, leases, holders = {}, {}, {}, {}
for i = 1, #popped, 2 do
  local id = string.sub(popped[i], PLACE_DIGITS + 1)
  taken[#taken + 1] = popped[i]
  ids[#ids + 1] = id
  append(leases, expires, id)
  append(holders, id, ARGV[1])
end
write('HDEL', WAITING, ids)
write('ZADD', LEASES, leases)
write('HSET', HOLDERS, holders)
return taken
