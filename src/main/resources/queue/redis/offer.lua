-- All ids, then all turns, then all due times. Puts the tasks in line, except those that are leased.
local count = #ARGV / 3
local ids = {unpack(ARGV, 1, count)}
local holders = redis.call('HMGET', HOLDERS, unpack(ids))
stand(ids, {unpack(ARGV, count + 1, 2 * count)}, {unpack(ARGV, 2 * count + 1)}, function(i) return not holders[i] end)
