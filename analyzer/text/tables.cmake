# The character tables of the text module are generated from ICU and OpenCC while building, so that no
# copy of their data can grow old in this repository.
pkg_check_modules(OPENCC REQUIRED IMPORTED_TARGET opencc)

add_executable(tables_generate text/tables_generate.c)
target_include_directories(tables_generate PRIVATE ${CMAKE_CURRENT_SOURCE_DIR})
target_link_libraries(tables_generate PRIVATE PkgConfig::ICU PkgConfig::OPENCC hearsay_base)

set(text_tables ${CMAKE_CURRENT_BINARY_DIR}/text/tables_generated.c)
file(MAKE_DIRECTORY ${CMAKE_CURRENT_BINARY_DIR}/text)
add_custom_command(OUTPUT ${text_tables}
  COMMAND tables_generate ${text_tables}
  DEPENDS tables_generate
  COMMENT "Generating the character tables"
  VERBATIM)
target_sources(hearsay_text PRIVATE ${text_tables})
