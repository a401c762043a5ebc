module zerostate.test/large

go 1.24
