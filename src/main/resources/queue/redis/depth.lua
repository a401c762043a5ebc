-- How many stand in line.
return redis.call('ZCARD', READY) + redis.call('ZCARD', DELAYED)
