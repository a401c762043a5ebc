;; What can be done with stdin, stdout and stderr, which are pipes, and with descriptors that are not open.
;; Runs with "abcdef" on stdin.
;; Exits with the number of the first check that does not hold, or with 0.
(module
  (import "wasi_snapshot_preview1" "fd_read" (func $fd_read (param i32 i32 i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "fd_write" (func $fd_write (param i32 i32 i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "fd_pread" (func $fd_pread (param i32 i32 i32 i64 i32) (result i32)))
  (import "wasi_snapshot_preview1" "fd_pwrite" (func $fd_pwrite (param i32 i32 i32 i64 i32) (result i32)))
  (import "wasi_snapshot_preview1" "fd_seek" (func $fd_seek (param i32 i64 i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "fd_tell" (func $fd_tell (param i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "fd_advise" (func $fd_advise (param i32 i64 i64 i32) (result i32)))
  (import "wasi_snapshot_preview1" "fd_allocate" (func $fd_allocate (param i32 i64 i64) (result i32)))
  (import "wasi_snapshot_preview1" "fd_sync" (func $fd_sync (param i32) (result i32)))
  (import "wasi_snapshot_preview1" "fd_datasync" (func $fd_datasync (param i32) (result i32)))
  (import "wasi_snapshot_preview1" "fd_filestat_set_size" (func $fd_filestat_set_size (param i32 i64) (result i32)))
  (import "wasi_snapshot_preview1" "fd_filestat_set_times" (func $fd_filestat_set_times (param i32 i64 i64 i32) (result i32)))
  (import "wasi_snapshot_preview1" "fd_fdstat_get" (func $fd_fdstat_get (param i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "fd_fdstat_set_flags" (func $fd_fdstat_set_flags (param i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "fd_fdstat_set_rights" (func $fd_fdstat_set_rights (param i32 i64 i64) (result i32)))
  (import "wasi_snapshot_preview1" "fd_filestat_get" (func $fd_filestat_get (param i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "fd_renumber" (func $fd_renumber (param i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "fd_close" (func $fd_close (param i32) (result i32)))
  (import "wasi_snapshot_preview1" "proc_exit" (func $proc_exit (param i32)))
  (memory (export "memory") 1)
  (func $is (param $actual i32) (param $expected i32) (param $check i32)
    (if (i32.ne (local.get $actual) (local.get $expected)) (then (call $proc_exit (local.get $check)))))
  (func (export "_start")
    (i32.store (i32.const 256) (i32.const 1024)) (i32.store (i32.const 260) (i32.const 4))
    (call $is (call $fd_read (i32.const 0) (i32.const 256) (i32.const 1) (i32.const 512)) (i32.const 0) (i32.const 1))
    (call $is (i32.load (i32.const 512)) (i32.const 4) (i32.const 2))
    (call $is (i32.load (i32.const 1024)) (i32.const 1684234849) (i32.const 3))
    (call $is (call $fd_write (i32.const 1) (i32.const 256) (i32.const 1) (i32.const 512)) (i32.const 0) (i32.const 4))
    (call $is (i32.load (i32.const 512)) (i32.const 4) (i32.const 5))
    (call $is (call $fd_write (i32.const 2) (i32.const 256) (i32.const 1) (i32.const 512)) (i32.const 0) (i32.const 6))
    (call $is (call $fd_write (i32.const 1) (i32.const 256) (i32.const 0) (i32.const 512)) (i32.const 0) (i32.const 7))
    (call $is (i32.load (i32.const 512)) (i32.const 0) (i32.const 8))
    ;; In the wrong direction, closed, never there.
    (call $is (call $fd_write (i32.const 0) (i32.const 256) (i32.const 1) (i32.const 512)) (i32.const 8) (i32.const 9)) ;; BADF
    (call $is (call $fd_read (i32.const 1) (i32.const 256) (i32.const 1) (i32.const 512)) (i32.const 8) (i32.const 10)) ;; BADF
    (call $is (call $fd_read (i32.const 3) (i32.const 256) (i32.const 1) (i32.const 512)) (i32.const 8) (i32.const 11)) ;; BADF
    (call $is (call $fd_write (i32.const -1) (i32.const 256) (i32.const 1) (i32.const 512)) (i32.const 8) (i32.const 12)) ;; BADF
    ;; Too many vectors, and vectors out of memory.
    (call $is (call $fd_read (i32.const 0) (i32.const 256) (i32.const 1025) (i32.const 512)) (i32.const 28) (i32.const 13)) ;; INVAL
    (call $is (call $fd_write (i32.const 1) (i32.const 256) (i32.const -1) (i32.const 512)) (i32.const 28) (i32.const 14)) ;; INVAL
    (call $is (call $fd_read (i32.const 0) (i32.const 65529) (i32.const 1) (i32.const 512)) (i32.const 21) (i32.const 15)) ;; FAULT
    (call $is (call $fd_write (i32.const 1) (i32.const 256) (i32.const 1) (i32.const 65533)) (i32.const 21) (i32.const 16)) ;; FAULT
    (i32.store (i32.const 256) (i32.const 1024)) (i32.store (i32.const 260) (i32.const 2147483647))
    (call $is (call $fd_read (i32.const 0) (i32.const 256) (i32.const 1) (i32.const 512)) (i32.const 21) (i32.const 17)) ;; FAULT
    (call $is (call $fd_write (i32.const 1) (i32.const 256) (i32.const 1) (i32.const 512)) (i32.const 21) (i32.const 18)) ;; FAULT
    (i32.store (i32.const 256) (i32.const 65532)) (i32.store (i32.const 260) (i32.const 5))
    (call $is (call $fd_write (i32.const 1) (i32.const 256) (i32.const 1) (i32.const 512)) (i32.const 21) (i32.const 19)) ;; FAULT
    ;; A vector that is overwritten by what is read stays what it was.
    (i32.store (i32.const 256) (i32.const 256)) (i32.store (i32.const 260) (i32.const 2))
    (call $is (call $fd_read (i32.const 0) (i32.const 256) (i32.const 1) (i32.const 512)) (i32.const 0) (i32.const 20))
    (call $is (i32.load (i32.const 512)) (i32.const 2) (i32.const 21))
    (call $is (i32.load16_u (i32.const 256)) (i32.const 26213) (i32.const 22))
    (i32.store (i32.const 256) (i32.const 1024)) (i32.store (i32.const 260) (i32.const 4))
    (call $is (call $fd_read (i32.const 0) (i32.const 256) (i32.const 1) (i32.const 512)) (i32.const 0) (i32.const 23))
    (call $is (i32.load (i32.const 512)) (i32.const 0) (i32.const 24))
    ;; What only files can do.
    (call $is (call $fd_pread (i32.const 0) (i32.const 256) (i32.const 1) (i64.const 0) (i32.const 512)) (i32.const 70) (i32.const 25)) ;; SPIPE
    (call $is (call $fd_pwrite (i32.const 1) (i32.const 256) (i32.const 1) (i64.const 0) (i32.const 512)) (i32.const 70) (i32.const 26)) ;; SPIPE
    (call $is (call $fd_seek (i32.const 0) (i64.const 0) (i32.const 0) (i32.const 512)) (i32.const 70) (i32.const 27)) ;; SPIPE
    (call $is (call $fd_tell (i32.const 1) (i32.const 512)) (i32.const 70) (i32.const 28)) ;; SPIPE
    (call $is (call $fd_advise (i32.const 0) (i64.const 0) (i64.const 0) (i32.const 0)) (i32.const 70) (i32.const 29)) ;; SPIPE
    (call $is (call $fd_allocate (i32.const 1) (i64.const 0) (i64.const 1)) (i32.const 70) (i32.const 30)) ;; SPIPE
    (call $is (call $fd_sync (i32.const 1)) (i32.const 28) (i32.const 31)) ;; INVAL
    (call $is (call $fd_datasync (i32.const 1)) (i32.const 28) (i32.const 32)) ;; INVAL
    (call $is (call $fd_filestat_set_size (i32.const 1) (i64.const 0)) (i32.const 28) (i32.const 33)) ;; INVAL
    (call $is (call $fd_filestat_set_times (i32.const 1) (i64.const 0) (i64.const 0) (i32.const 0)) (i32.const 28) (i32.const 34)) ;; INVAL
    (call $is (call $fd_pread (i32.const 7) (i32.const 256) (i32.const 1) (i64.const 0) (i32.const 512)) (i32.const 8) (i32.const 35)) ;; BADF
    (call $is (call $fd_pwrite (i32.const 7) (i32.const 256) (i32.const 1) (i64.const 0) (i32.const 512)) (i32.const 8) (i32.const 36)) ;; BADF
    (call $is (call $fd_seek (i32.const 7) (i64.const 0) (i32.const 0) (i32.const 512)) (i32.const 8) (i32.const 37)) ;; BADF
    (call $is (call $fd_tell (i32.const 7) (i32.const 512)) (i32.const 8) (i32.const 38)) ;; BADF
    (call $is (call $fd_advise (i32.const 7) (i64.const 0) (i64.const 0) (i32.const 0)) (i32.const 8) (i32.const 39)) ;; BADF
    (call $is (call $fd_allocate (i32.const 7) (i64.const 0) (i64.const 1)) (i32.const 8) (i32.const 40)) ;; BADF
    (call $is (call $fd_sync (i32.const 7)) (i32.const 8) (i32.const 41)) ;; BADF
    (call $is (call $fd_datasync (i32.const 7)) (i32.const 8) (i32.const 42)) ;; BADF
    (call $is (call $fd_filestat_set_size (i32.const 7) (i64.const 0)) (i32.const 8) (i32.const 43)) ;; BADF
    (call $is (call $fd_filestat_set_times (i32.const 7) (i64.const 0) (i64.const 0) (i32.const 0)) (i32.const 8) (i32.const 44)) ;; BADF
    ;; Of unknown type: not a terminal, not a file. Rights to read and to poll, or to write and to poll.
    (call $is (call $fd_fdstat_get (i32.const 0) (i32.const 1024)) (i32.const 0) (i32.const 45))
    (call $is (i32.load8_u (i32.const 1024)) (i32.const 0) (i32.const 46))
    (call $is (i64.eq (i64.load (i32.const 1032)) (i64.const 134217730)) (i32.const 1) (i32.const 47))
    (call $is (call $fd_fdstat_get (i32.const 1) (i32.const 1024)) (i32.const 0) (i32.const 48))
    (call $is (i64.eq (i64.load (i32.const 1032)) (i64.const 134217792)) (i32.const 1) (i32.const 49))
    (call $is (call $fd_fdstat_get (i32.const 7) (i32.const 1024)) (i32.const 8) (i32.const 50)) ;; BADF
    (call $is (call $fd_fdstat_get (i32.const 0) (i32.const 65513)) (i32.const 21) (i32.const 51)) ;; FAULT
    (call $is (call $fd_fdstat_set_flags (i32.const 0) (i32.const 4)) (i32.const 0) (i32.const 52))
    (call $is (call $fd_fdstat_set_flags (i32.const 7) (i32.const 4)) (i32.const 8) (i32.const 53)) ;; BADF
    (call $is (call $fd_fdstat_set_rights (i32.const 0) (i64.const 0) (i64.const 0)) (i32.const 58) (i32.const 54)) ;; NOTSUP
    (call $is (call $fd_fdstat_set_rights (i32.const 7) (i64.const 0) (i64.const 0)) (i32.const 8) (i32.const 55)) ;; BADF
    (call $is (call $fd_filestat_get (i32.const 0) (i32.const 1024)) (i32.const 0) (i32.const 56))
    (call $is (i32.load8_u (i32.const 1040)) (i32.const 0) (i32.const 57))
    (call $is (i64.eq (i64.load (i32.const 1056)) (i64.const 0)) (i32.const 1) (i32.const 58))
    (call $is (call $fd_filestat_get (i32.const 7) (i32.const 1024)) (i32.const 8) (i32.const 59)) ;; BADF
    (call $is (call $fd_filestat_get (i32.const 0) (i32.const 65473)) (i32.const 21) (i32.const 60)) ;; FAULT
    ;; What is written to stdout now comes out of stderr, and stdin is closed.
    (call $is (call $fd_renumber (i32.const 2) (i32.const 1)) (i32.const 0) (i32.const 61))
    (call $is (call $fd_renumber (i32.const 2) (i32.const 1)) (i32.const 8) (i32.const 62)) ;; BADF
    (call $is (call $fd_renumber (i32.const 1) (i32.const 9)) (i32.const 8) (i32.const 63)) ;; BADF
    (call $is (call $fd_renumber (i32.const 1) (i32.const 1)) (i32.const 0) (i32.const 64))
    (i32.store (i32.const 1024) (i32.const 0x676e6f6c))
    (i32.store (i32.const 256) (i32.const 1024)) (i32.store (i32.const 260) (i32.const 4))
    (call $is (call $fd_write (i32.const 1) (i32.const 256) (i32.const 1) (i32.const 512)) (i32.const 0) (i32.const 65))
    (call $is (call $fd_write (i32.const 2) (i32.const 256) (i32.const 1) (i32.const 512)) (i32.const 8) (i32.const 66)) ;; BADF
    (call $is (call $fd_close (i32.const 0)) (i32.const 0) (i32.const 67))
    (call $is (call $fd_close (i32.const 0)) (i32.const 8) (i32.const 68)) ;; BADF
    (call $is (call $fd_read (i32.const 0) (i32.const 256) (i32.const 1) (i32.const 512)) (i32.const 8) (i32.const 69)) ;; BADF
    (call $is (call $fd_close (i32.const 99)) (i32.const 8) (i32.const 70)) ;; BADF
  ))
