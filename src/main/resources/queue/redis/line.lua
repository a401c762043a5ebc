-- Comes before every script, after the clock. A task is in READY or DELAYED and then in WAITING, or it is in LEASES and then in OWNERS,
-- or it is unknown. Redis runs a script at once and alone, and tells its replicas what it wrote, not to run it again.
--
-- READY    sorted set of place .. id, all with score 0: members of equal score are in the order of their text
-- DELAYED  sorted set of ids by the microsecond in which they fall due
-- WAITING  hash of id to place: rank and time as 18 hexadecimal digits (its turn), order of arrival as 12 more
-- LEASES   sorted set of ids by the microsecond in which the lease expires
-- OWNERS   hash of id to the node that runs the task, or ran it until its lease was reaped
-- REAPERS  hash of id to the node that has taken the lease over
-- ARRIVALS counter
-- WAKE     list with a token for each node that is to look for work; popped by those that wait
local READY, DELAYED, WAITING, LEASES, OWNERS, REAPERS, ARRIVALS, WAKE = unpack(KEYS)
local TURN_DIGITS, PLACE_DIGITS = 18, 30
local MOST_PROMOTED, MOST_TOKENS = 1000, 64

-- Brings those into READY whose time has come; so many at most that nobody else waits long for this script.
local function promote(now)
  for _, id in ipairs(redis.call('ZRANGEBYSCORE', DELAYED, '-inf', now, 'LIMIT', 0, MOST_PROMOTED)) do
    local place = redis.call('HGET', WAITING, id)
    redis.call('ZREM', DELAYED, id)
    if place then
      redis.call('ZADD', READY, 0, place .. id)
    end
  end
end

-- Takes a task out of line that stands at this place.
local function leave(id, place)
  redis.call('HDEL', WAITING, id)
  if redis.call('ZREM', READY, place .. id) == 0 then
    redis.call('ZREM', DELAYED, id)
  end
end

-- Takes a place in line; whoever has the same turn already keeps it. Answers whether the task is now ready and was not before.
local function stand(id, turn, due, now)
  local before = redis.call('HGET', WAITING, id)
  if before then
    if string.sub(before, 1, TURN_DIGITS) == turn then
      return false
    end
    leave(id, before)
  end
  local place = turn .. string.format('%012x', redis.call('INCR', ARRIVALS))
  redis.call('HSET', WAITING, id, place)
  if tonumber(due) <= now then
    redis.call('ZADD', READY, 0, place .. id)
    return true
  end
  redis.call('ZADD', DELAYED, due, id)
  return false
end

-- When the first of the delayed falls due; infinitely late when nobody is delayed.
local function first_due()
  return tonumber(redis.call('ZRANGE', DELAYED, 0, 0, 'WITHSCORES')[2]) or math.huge
end

-- Wakes so many of the nodes that wait, longest waiting first. Tokens that nobody waits for are few, and the next who waits clears them.
local function ring(times)
  for _ = 1, math.min(times, MOST_TOKENS - redis.call('LLEN', WAKE)) do
    redis.call('RPUSH', WAKE, '1')
  end
end

-- Ends a lease that this node holds, as its owner or as its reaper. False when it holds none.
local function end_lease(id, node)
  local holder = redis.call('HGET', REAPERS, id) or redis.call('HGET', OWNERS, id)
  if holder ~= node then
    return false
  end
  redis.call('ZREM', LEASES, id)
  redis.call('HDEL', OWNERS, id)
  redis.call('HDEL', REAPERS, id)
  return true
end
