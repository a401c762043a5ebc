-- Comes before every script, after the clock. A task is in READY or DELAYED and then in WAITING, or it is in LEASES and then in HOLDERS,
-- or it is unknown. Redis runs a script at once and alone, and tells its replicas what it wrote, not to run it again.
--
-- READY    sorted set of place .. id, all with score 0: members of equal score are in the order of their text
-- DELAYED  sorted set of ids by the microsecond in which they fall due
-- WAITING  hash of id to place: rank and time as 18 hexadecimal digits (its turn), order of arrival as 12 more
-- LEASES   sorted set of ids by the microsecond in which the lease expires
-- HOLDERS  hash of id to the node that runs the task; 'reaper/node' once the lease was reaped (no node has a slash in its name)
-- ARRIVALS counter
-- WAKE     list with a token for each node that is to look for work; popped by those that wait
local READY, DELAYED, WAITING, LEASES, HOLDERS, ARRIVALS, WAKE = unpack(KEYS)
local TURN_DIGITS, PLACE_DIGITS = 18, 30
local MOST_PROMOTED, MOST_TOKENS = 1000, 64

local function append(list, one, other)
  list[#list + 1], list[#list + 2] = one, other
end

-- One command for all of these arguments, or none where there are none: a command costs more than an argument.
local function write(command, key, arguments)
  if #arguments > 0 then
    redis.call(command, key, unpack(arguments))
  end
end

-- Brings those into READY whose time has come; so many at most that nobody else waits long for this script.
local function promote(now)
  local due, ready = redis.call('ZRANGEBYSCORE', DELAYED, '-inf', now, 'LIMIT', 0, MOST_PROMOTED), {}
  if #due > 0 then
    for i, place in ipairs(redis.call('HMGET', WAITING, unpack(due))) do
      if place then
        append(ready, 0, place .. due[i])
      end
    end
    write('ZREM', DELAYED, due)
    write('ZADD', READY, ready)
  end
end

-- Takes a task out of line that stands at this place.
local function leave(id, place)
  redis.call('HDEL', WAITING, id)
  if redis.call('ZREM', READY, place .. id) == 0 then
    redis.call('ZREM', DELAYED, id)
  end
end

-- When the first of the delayed falls due; infinitely late when nobody is delayed.
local function first_due()
  return tonumber(redis.call('ZRANGE', DELAYED, 0, 0, 'WITHSCORES')[2]) or math.huge
end

-- Wakes so many of the nodes that wait, longest waiting first. Tokens that nobody waits for are few, and the next who waits clears them.
local function ring(times)
  local tokens = {}
  for i = 1, math.min(times, MOST_TOKENS - redis.call('LLEN', WAKE)) do
    tokens[i] = '1'
  end
  write('RPUSH', WAKE, tokens)
end

-- Puts tasks in line and wakes whom they concern; those that have the same turn already keep their place.
-- ids, turns, dues: of each task, no id twice. may(i) says whether the task is to be put in line at all.
local function stand(ids, turns, dues, may)
  if #ids == 0 then
    return
  end
  local now, sooner = clock(), first_due()
  local places, arrival = redis.call('HMGET', WAITING, unpack(ids)), redis.call('INCRBY', ARRIVALS, #ids) - #ids
  local waiting, ready, delayed = {}, {}, {}
  for i, id in ipairs(ids) do
    local before = places[i]
    if may(i) and not (before and string.sub(before, 1, TURN_DIGITS) == turns[i]) then
      if before then
        leave(id, before)
      end
      local place = turns[i] .. string.format('%012x', arrival + i)
      append(waiting, id, place)
      if tonumber(dues[i]) <= now then
        append(ready, 0, place .. id)
      else
        append(delayed, dues[i], id)
      end
    end
  end
  write('HSET', WAITING, waiting)
  write('ZADD', READY, ready)
  write('ZADD', DELAYED, delayed)
  ring(first_due() < sooner and #ready / 2 + 1 or #ready / 2)
end

-- Ends the leases of these ids that this node holds, as the one who runs the task or as the reaper. Answers for each whether it did.
local function end_leases(ids, node)
  local ended, gone, as_reaper = {}, {}, node .. '/'
  for i, holder in ipairs(redis.call('HMGET', HOLDERS, unpack(ids))) do
    ended[i] = holder and (holder == node or string.sub(holder, 1, #as_reaper) == as_reaper)
    if ended[i] then
      gone[#gone + 1] = ids[i]
    end
  end
  write('ZREM', LEASES, gone)
  write('HDEL', HOLDERS, gone)
  return ended
end
