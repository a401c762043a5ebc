;; Returns from _start without proc_exit, which is exit code 0. It imports nothing.
(module
  (memory (export "memory") 1)
  (func (export "_start")))
