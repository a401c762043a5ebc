;; Imports a name that preview 1 does not have.
(module
  (import "wasi_snapshot_preview1" "sock_teleport" (func $sock_teleport (param i32) (result i32)))
  (memory (export "memory") 1)
  (func (export "_start")
    (drop (call $sock_teleport (i32.const 3)))))
