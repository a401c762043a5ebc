-- The clock that decides: Redis' own, the same for all nodes. In microseconds since 1970, which a double holds until the year 2255.
local function clock()
  local time = redis.call('TIME')
  return time[1] * 1000000 + time[2]
end
