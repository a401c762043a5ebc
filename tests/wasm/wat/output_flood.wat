;; Writes lines of 16 bytes to stdout without end, in blocks of four, whatever fd_write answers.
(module
  (import "wasi_snapshot_preview1" "fd_write" (func $fd_write (param i32 i32 i32 i32) (result i32)))
  (memory (export "memory") 1)
  (data (i32.const 0) "\08\00\00\00\40\00\00\00")
  (data (i32.const 8) "0123456789abcde\n0123456789abcde\n0123456789abcde\n0123456789abcde\n")
  (func (export "_start")
    (loop $again
      (drop (call $fd_write (i32.const 1) (i32.const 0) (i32.const 1) (i32.const 128)))
      (br $again))))
