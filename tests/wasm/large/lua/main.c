/* Runs the Lua script on stdin. Lua unwinds errors with longjmp, which WASI does not have: here an error ends the
   program, and there are no coroutines. */
#include <stdio.h>
#include <stdlib.h>

#include "lauxlib.h"
#include "lua.h"
#include "lualib.h"

static int report(lua_State *lua) {
  fprintf(stderr, "%s\n", lua_tostring(lua, -1));
  exit(1);
}

int main(void) {
  lua_State *lua = luaL_newstate();
  if (lua == NULL) return 1;
  lua_atpanic(lua, report);
  luaL_openlibs(lua);
  if (luaL_loadfilex(lua, NULL, NULL) != LUA_OK) report(lua);
  lua_call(lua, 0, 0);
  lua_close(lua);
  return 0;
}
