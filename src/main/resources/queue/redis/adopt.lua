-- lease in microseconds, then id and owner of each lease. Remembers those of tasks that are unknown.
local expires = clock() + ARGV[1]
for i = 2, #ARGV, 2 do
  if redis.call('HEXISTS', WAITING, ARGV[i]) == 0 and redis.call('HSETNX', HOLDERS, ARGV[i], ARGV[i + 1]) == 1 then
    redis.call('ZADD', LEASES, expires, ARGV[i])
  end
end
