;; A run that was given a.txt, with "hello", and dir/b.txt: where paths lead, and what can be done with them.
;; Exits with the number of the first check that does not hold, or with 0.
(module
  (import "wasi_snapshot_preview1" "path_open" (func $path_open (param i32 i32 i32 i32 i32 i64 i64 i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "fd_filestat_set_size" (func $fd_filestat_set_size (param i32 i64) (result i32)))
  (import "wasi_snapshot_preview1" "path_filestat_get" (func $path_filestat_get (param i32 i32 i32 i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "fd_write" (func $fd_write (param i32 i32 i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "fd_filestat_get" (func $fd_filestat_get (param i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "fd_close" (func $fd_close (param i32) (result i32)))
  (import "wasi_snapshot_preview1" "path_create_directory" (func $path_create_directory (param i32 i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "fd_read" (func $fd_read (param i32 i32 i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "fd_seek" (func $fd_seek (param i32 i64 i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "fd_prestat_get" (func $fd_prestat_get (param i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "fd_readdir" (func $fd_readdir (param i32 i32 i32 i64 i32) (result i32)))
  (import "wasi_snapshot_preview1" "path_rename" (func $path_rename (param i32 i32 i32 i32 i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "path_unlink_file" (func $path_unlink_file (param i32 i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "path_remove_directory" (func $path_remove_directory (param i32 i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "fd_pread" (func $fd_pread (param i32 i32 i32 i64 i32) (result i32)))
  (import "wasi_snapshot_preview1" "path_readlink" (func $path_readlink (param i32 i32 i32 i32 i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "path_link" (func $path_link (param i32 i32 i32 i32 i32 i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "path_symlink" (func $path_symlink (param i32 i32 i32 i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "fd_renumber" (func $fd_renumber (param i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "proc_exit" (func $proc_exit (param i32)))
  (memory (export "memory") 1)
  (data (i32.const 2048) ".")
  (data (i32.const 2064) "..")
  (data (i32.const 2080) "a.txt")
  (data (i32.const 2096) "dir")
  (data (i32.const 2112) "dir/b.txt")
  (data (i32.const 2128) "dir/../a.txt")
  (data (i32.const 2144) "../x")
  (data (i32.const 2160) "/a.txt")
  (data (i32.const 2176) "dir/")
  (data (i32.const 2192) "a.txt/")
  (data (i32.const 2208) "new")
  (data (i32.const 2224) "new/")
  (data (i32.const 2240) "sub/x")
  (data (i32.const 2256) "dir/../..")
  (data (i32.const 2272) "nul\00x")
  (data (i32.const 2288) "\ff")
  (data (i32.const 2304) "moved")
  (data (i32.const 2320) "dir/sub")
  (data (i32.const 2336) "big")
  (data (i32.const 2352) "./dir/.")
  (data (i32.const 2368) "none")
  (data (i32.const 2384) "dir/moved")
  (func $is (param $actual i32) (param $expected i32) (param $check i32)
    (if (i32.ne (local.get $actual) (local.get $expected)) (then (call $proc_exit (local.get $check)))))
  (func (export "_start")
    (drop (call $path_open (i32.const 3) (i32.const 0) (i32.const 2080) (i32.const 5) (i32.const 0) (i64.const 66) (i64.const 0) (i32.const 0) (i32.const 512)))
    (i32.store (i32.const 256) (i32.const 1024)) (i32.store (i32.const 260) (i32.const 4))
    (i32.store (i32.const 264) (i32.const 1500)) (i32.store (i32.const 268) (i32.const 2))
    (drop (call $fd_filestat_set_size (i32.const 4) (i64.const 8)))
    ;; Paths that lead nowhere, and paths that lead out.
    (call $is (call $path_open (i32.const 3) (i32.const 0) (i32.const 2368) (i32.const 4) (i32.const 0) (i64.const 66) (i64.const 0) (i32.const 0) (i32.const 512)) (i32.const 44) (i32.const 1)) ;; NOENT
    (call $is (call $path_open (i32.const 3) (i32.const 0) (i32.const 2240) (i32.const 5) (i32.const 0) (i64.const 66) (i64.const 0) (i32.const 0) (i32.const 512)) (i32.const 44) (i32.const 2)) ;; NOENT
    (call $is (call $path_open (i32.const 3) (i32.const 0) (i32.const 2192) (i32.const 6) (i32.const 0) (i64.const 66) (i64.const 0) (i32.const 0) (i32.const 512)) (i32.const 54) (i32.const 3)) ;; NOTDIR
    (call $is (call $path_open (i32.const 3) (i32.const 0) (i32.const 2144) (i32.const 4) (i32.const 0) (i64.const 66) (i64.const 0) (i32.const 0) (i32.const 512)) (i32.const 76) (i32.const 4)) ;; NOTCAPABLE
    (call $is (call $path_open (i32.const 3) (i32.const 0) (i32.const 2064) (i32.const 2) (i32.const 0) (i64.const 0) (i64.const 0) (i32.const 0) (i32.const 512)) (i32.const 76) (i32.const 5)) ;; NOTCAPABLE
    (call $is (call $path_open (i32.const 3) (i32.const 0) (i32.const 2160) (i32.const 6) (i32.const 0) (i64.const 66) (i64.const 0) (i32.const 0) (i32.const 512)) (i32.const 76) (i32.const 6)) ;; NOTCAPABLE
    (call $is (call $path_open (i32.const 3) (i32.const 0) (i32.const 2256) (i32.const 9) (i32.const 0) (i64.const 0) (i64.const 0) (i32.const 0) (i32.const 512)) (i32.const 76) (i32.const 7)) ;; NOTCAPABLE
    (call $is (call $path_open (i32.const 3) (i32.const 0) (i32.const 2272) (i32.const 5) (i32.const 0) (i64.const 66) (i64.const 0) (i32.const 0) (i32.const 512)) (i32.const 28) (i32.const 8)) ;; INVAL
    (call $is (call $path_open (i32.const 3) (i32.const 0) (i32.const 2288) (i32.const 1) (i32.const 0) (i64.const 66) (i64.const 0) (i32.const 0) (i32.const 512)) (i32.const 25) (i32.const 9)) ;; ILSEQ
    (call $is (call $path_open (i32.const 3) (i32.const 0) (i32.const 1024) (i32.const 0) (i32.const 0) (i64.const 2) (i64.const 0) (i32.const 0) (i32.const 512)) (i32.const 44) (i32.const 10)) ;; NOENT
    (call $is (call $path_open (i32.const 3) (i32.const 0) (i32.const 1024) (i32.const 5000) (i32.const 0) (i64.const 2) (i64.const 0) (i32.const 0) (i32.const 512)) (i32.const 37) (i32.const 11)) ;; NAMETOOLONG
    (call $is (call $path_open (i32.const 3) (i32.const 0) (i32.const 2147483647) (i32.const 4) (i32.const 0) (i64.const 2) (i64.const 0) (i32.const 0) (i32.const 512)) (i32.const 21) (i32.const 12)) ;; FAULT
    (call $is (call $path_open (i32.const 3) (i32.const 0) (i32.const 2080) (i32.const 5) (i32.const 0) (i64.const 2) (i64.const 0) (i32.const 0) (i32.const 65533)) (i32.const 21) (i32.const 13)) ;; FAULT
    (call $is (call $path_open (i32.const 4) (i32.const 0) (i32.const 2080) (i32.const 5) (i32.const 0) (i64.const 66) (i64.const 0) (i32.const 0) (i32.const 512)) (i32.const 54) (i32.const 14)) ;; NOTDIR
    (call $is (call $path_open (i32.const 0) (i32.const 0) (i32.const 2080) (i32.const 5) (i32.const 0) (i64.const 66) (i64.const 0) (i32.const 0) (i32.const 512)) (i32.const 54) (i32.const 15)) ;; NOTDIR
    (call $is (call $path_filestat_get (i32.const 3) (i32.const 0) (i32.const 2128) (i32.const 12) (i32.const 1024)) (i32.const 0) (i32.const 16))
    (call $is (i32.load8_u (i32.const 1040)) (i32.const 4) (i32.const 17))
    (call $is (call $path_filestat_get (i32.const 3) (i32.const 0) (i32.const 2352) (i32.const 7) (i32.const 1024)) (i32.const 0) (i32.const 18))
    (call $is (i32.load8_u (i32.const 1040)) (i32.const 3) (i32.const 19))
    ;; Making and opening.
    (call $is (call $path_open (i32.const 3) (i32.const 0) (i32.const 2080) (i32.const 5) (i32.const 5) (i64.const 66) (i64.const 0) (i32.const 0) (i32.const 512)) (i32.const 20) (i32.const 20)) ;; EXIST
    (call $is (call $path_open (i32.const 3) (i32.const 0) (i32.const 2080) (i32.const 5) (i32.const 2) (i64.const 66) (i64.const 0) (i32.const 0) (i32.const 512)) (i32.const 54) (i32.const 21)) ;; NOTDIR
    (call $is (call $path_open (i32.const 3) (i32.const 0) (i32.const 2224) (i32.const 4) (i32.const 1) (i64.const 66) (i64.const 0) (i32.const 0) (i32.const 512)) (i32.const 31) (i32.const 22)) ;; ISDIR
    (call $is (call $path_open (i32.const 3) (i32.const 0) (i32.const 2096) (i32.const 3) (i32.const 0) (i64.const 66) (i64.const 0) (i32.const 0) (i32.const 512)) (i32.const 31) (i32.const 23)) ;; ISDIR
    (call $is (call $path_open (i32.const 3) (i32.const 0) (i32.const 2096) (i32.const 3) (i32.const 8) (i64.const 2) (i64.const 0) (i32.const 0) (i32.const 512)) (i32.const 31) (i32.const 24)) ;; ISDIR
    (call $is (call $path_open (i32.const 3) (i32.const 0) (i32.const 2208) (i32.const 3) (i32.const 5) (i64.const 66) (i64.const 0) (i32.const 0) (i32.const 512)) (i32.const 0) (i32.const 25))
    (call $is (i32.load (i32.const 512)) (i32.const 5) (i32.const 26))
    (call $is (call $fd_write (i32.const 5) (i32.const 264) (i32.const 1) (i32.const 512)) (i32.const 0) (i32.const 27))
    (call $is (call $path_open (i32.const 3) (i32.const 0) (i32.const 2208) (i32.const 3) (i32.const 8) (i64.const 66) (i64.const 0) (i32.const 0) (i32.const 512)) (i32.const 0) (i32.const 28))
    (call $is (i32.load (i32.const 512)) (i32.const 6) (i32.const 29))
    (call $is (call $fd_filestat_get (i32.const 5) (i32.const 1024)) (i32.const 0) (i32.const 30))
    (call $is (i64.eq (i64.load (i32.const 1056)) (i64.const 0)) (i32.const 1) (i32.const 31))
    (call $is (call $fd_close (i32.const 6)) (i32.const 0) (i32.const 32))
    (call $is (call $path_create_directory (i32.const 3) (i32.const 2096) (i32.const 3)) (i32.const 20) (i32.const 33)) ;; EXIST
    (call $is (call $path_create_directory (i32.const 3) (i32.const 2320) (i32.const 7)) (i32.const 0) (i32.const 34))
    (call $is (call $path_open (i32.const 3) (i32.const 0) (i32.const 2096) (i32.const 3) (i32.const 2) (i64.const 2) (i64.const 0) (i32.const 0) (i32.const 512)) (i32.const 0) (i32.const 35))
    (call $is (i32.load (i32.const 512)) (i32.const 6) (i32.const 36))
    (call $is (call $fd_read (i32.const 6) (i32.const 256) (i32.const 1) (i32.const 512)) (i32.const 31) (i32.const 37)) ;; ISDIR
    (call $is (call $fd_seek (i32.const 6) (i64.const 0) (i32.const 0) (i32.const 512)) (i32.const 8) (i32.const 38)) ;; BADF
    ;; A directory that was opened is where its paths start, and they do not leave it.
    (call $is (call $path_open (i32.const 6) (i32.const 0) (i32.const 2064) (i32.const 2) (i32.const 0) (i64.const 0) (i64.const 0) (i32.const 0) (i32.const 512)) (i32.const 76) (i32.const 39)) ;; NOTCAPABLE
    (call $is (call $path_filestat_get (i32.const 6) (i32.const 0) (i32.const 2304) (i32.const 5) (i32.const 1024)) (i32.const 44) (i32.const 40)) ;; NOENT
    (call $is (call $fd_prestat_get (i32.const 6) (i32.const 512)) (i32.const 8) (i32.const 41)) ;; BADF
    ;; Its entries: itself, the one above, and two; and again from the third on.
    (call $is (call $fd_readdir (i32.const 6) (i32.const 1024) (i32.const 256) (i64.const 0) (i32.const 512)) (i32.const 0) (i32.const 42))
    (call $is (i32.load (i32.const 512)) (i32.const 107) (i32.const 43))
    (call $is (i32.load (i32.const 1040)) (i32.const 1) (i32.const 44))
    (call $is (i32.load8_u (i32.const 1044)) (i32.const 3) (i32.const 45))
    (call $is (i32.load (i32.const 1065)) (i32.const 2) (i32.const 46))
    (call $is (i32.load (i32.const 1091)) (i32.const 5) (i32.const 47))
    (call $is (i32.load8_u (i32.const 1095)) (i32.const 4) (i32.const 48))
    (call $is (i32.load8_u (i32.const 1099)) (i32.const 98) (i32.const 49))
    (call $is (call $fd_readdir (i32.const 6) (i32.const 1024) (i32.const 256) (i64.const 2) (i32.const 512)) (i32.const 0) (i32.const 50))
    (call $is (i32.load (i32.const 512)) (i32.const 56) (i32.const 51))
    (call $is (call $fd_readdir (i32.const 6) (i32.const 1024) (i32.const 30) (i64.const 0) (i32.const 512)) (i32.const 0) (i32.const 52))
    (call $is (i32.load (i32.const 512)) (i32.const 30) (i32.const 53))
    (call $is (call $fd_readdir (i32.const 6) (i32.const 1024) (i32.const 256) (i64.const -1) (i32.const 512)) (i32.const 28) (i32.const 54)) ;; INVAL
    (call $is (call $fd_readdir (i32.const 4) (i32.const 1024) (i32.const 256) (i64.const 0) (i32.const 512)) (i32.const 54) (i32.const 55)) ;; NOTDIR
    ;; Moving.
    (call $is (call $path_rename (i32.const 3) (i32.const 2080) (i32.const 5) (i32.const 3) (i32.const 2384) (i32.const 9)) (i32.const 0) (i32.const 56))
    (call $is (call $path_filestat_get (i32.const 3) (i32.const 0) (i32.const 2080) (i32.const 5) (i32.const 1024)) (i32.const 44) (i32.const 57)) ;; NOENT
    (call $is (call $path_rename (i32.const 3) (i32.const 2368) (i32.const 4) (i32.const 3) (i32.const 2304) (i32.const 5)) (i32.const 44) (i32.const 58)) ;; NOENT
    (call $is (call $path_rename (i32.const 3) (i32.const 2096) (i32.const 3) (i32.const 3) (i32.const 2320) (i32.const 7)) (i32.const 28) (i32.const 59)) ;; INVAL
    (call $is (call $path_rename (i32.const 3) (i32.const 2208) (i32.const 3) (i32.const 3) (i32.const 2096) (i32.const 3)) (i32.const 31) (i32.const 60)) ;; ISDIR
    (call $is (call $path_rename (i32.const 3) (i32.const 2096) (i32.const 3) (i32.const 3) (i32.const 2208) (i32.const 3)) (i32.const 54) (i32.const 61)) ;; NOTDIR
    (call $is (call $path_rename (i32.const 3) (i32.const 2320) (i32.const 7) (i32.const 3) (i32.const 2096) (i32.const 3)) (i32.const 55) (i32.const 62)) ;; NOTEMPTY
    (call $is (call $path_rename (i32.const 3) (i32.const 2048) (i32.const 1) (i32.const 3) (i32.const 2304) (i32.const 5)) (i32.const 28) (i32.const 63)) ;; INVAL
    (call $is (call $path_rename (i32.const 3) (i32.const 2384) (i32.const 9) (i32.const 3) (i32.const 2208) (i32.const 3)) (i32.const 0) (i32.const 64))
    (call $is (call $path_rename (i32.const 3) (i32.const 2208) (i32.const 3) (i32.const 3) (i32.const 2208) (i32.const 3)) (i32.const 0) (i32.const 65))
    (call $is (call $fd_filestat_get (i32.const 4) (i32.const 1024)) (i32.const 0) (i32.const 66))
    (call $is (i64.eq (i64.load (i32.const 1056)) (i64.const 8)) (i32.const 1) (i32.const 67))
    ;; Removing. What is open can be read to the end.
    (call $is (call $path_unlink_file (i32.const 3) (i32.const 2096) (i32.const 3)) (i32.const 31) (i32.const 68)) ;; ISDIR
    (call $is (call $path_remove_directory (i32.const 3) (i32.const 2208) (i32.const 3)) (i32.const 54) (i32.const 69)) ;; NOTDIR
    (call $is (call $path_remove_directory (i32.const 3) (i32.const 2096) (i32.const 3)) (i32.const 55) (i32.const 70)) ;; NOTEMPTY
    (call $is (call $path_remove_directory (i32.const 3) (i32.const 2320) (i32.const 7)) (i32.const 0) (i32.const 71))
    (call $is (call $path_remove_directory (i32.const 3) (i32.const 2048) (i32.const 1)) (i32.const 28) (i32.const 72)) ;; INVAL
    (call $is (call $path_unlink_file (i32.const 3) (i32.const 2208) (i32.const 3)) (i32.const 0) (i32.const 73))
    (call $is (call $path_unlink_file (i32.const 3) (i32.const 2208) (i32.const 3)) (i32.const 44) (i32.const 74)) ;; NOENT
    (i32.store (i32.const 256) (i32.const 1024)) (i32.store (i32.const 260) (i32.const 4))
    (call $is (call $fd_pread (i32.const 4) (i32.const 256) (i32.const 1) (i64.const 0) (i32.const 512)) (i32.const 0) (i32.const 75))
    (call $is (i32.load16_u (i32.const 1024)) (i32.const 25960) (i32.const 76))
    ;; There are no links.
    (call $is (call $path_readlink (i32.const 3) (i32.const 2096) (i32.const 3) (i32.const 1024) (i32.const 4) (i32.const 512)) (i32.const 28) (i32.const 77)) ;; INVAL
    (call $is (call $path_readlink (i32.const 3) (i32.const 2368) (i32.const 4) (i32.const 1024) (i32.const 4) (i32.const 512)) (i32.const 44) (i32.const 78)) ;; NOENT
    (call $is (call $path_link (i32.const 3) (i32.const 0) (i32.const 2112) (i32.const 9) (i32.const 3) (i32.const 2368) (i32.const 4)) (i32.const 58) (i32.const 79)) ;; NOTSUP
    (call $is (call $path_symlink (i32.const 2160) (i32.const 6) (i32.const 3) (i32.const 2368) (i32.const 4)) (i32.const 58) (i32.const 80)) ;; NOTSUP
    ;; Moved to another descriptor, and closed.
    (call $is (call $fd_renumber (i32.const 4) (i32.const 0)) (i32.const 0) (i32.const 81))
    (call $is (call $fd_close (i32.const 4)) (i32.const 8) (i32.const 82)) ;; BADF
    (call $is (call $fd_pread (i32.const 0) (i32.const 256) (i32.const 1) (i64.const 0) (i32.const 512)) (i32.const 0) (i32.const 83))
    (call $is (call $fd_close (i32.const 0)) (i32.const 0) (i32.const 84))
    (call $is (call $fd_close (i32.const 3)) (i32.const 0) (i32.const 85))
    (call $is (call $path_filestat_get (i32.const 3) (i32.const 0) (i32.const 2096) (i32.const 3) (i32.const 1024)) (i32.const 8) (i32.const 86)) ;; BADF
  ))
