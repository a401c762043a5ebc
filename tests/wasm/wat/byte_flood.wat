;; Writes one byte at a time to stdout without end: NUL, an escape for terminals, and letters.
(module
  (import "wasi_snapshot_preview1" "fd_write" (func $fd_write (param i32 i32 i32 i32) (result i32)))
  (memory (export "memory") 1)
  (data (i32.const 16) "\00\1b[2Jx\07\n")
  (func (export "_start")
    (local $next i32)
    (i32.store (i32.const 4) (i32.const 1))
    (loop $again
      (i32.store (i32.const 0) (i32.add (i32.const 16) (i32.and (local.get $next) (i32.const 7))))
      (local.set $next (i32.add (local.get $next) (i32.const 1)))
      (drop (call $fd_write (i32.const 1) (i32.const 0) (i32.const 1) (i32.const 128)))
      (br $again))))
