;; Exports a _start that takes a parameter, so it is not the entry of a command.
(module
  (memory (export "memory") 1)
  (func (export "_start") (param i32)))
